import type { Value } from '../../contract.ts';
import { ianaTimeZone } from '../../time/time-zone.ts';
import { invalidArgument } from '../check-arguments.ts';

export function readTimeZone(functionName: string, name: Value | undefined): string {
  const zone = ianaTimeZone(name as string);
  if (zone === undefined) {
    throw invalidArgument(
      functionName,
      `does not know the time zone '${name as string}'. Use a name such as 'Pacific Standard Time'.`,
    );
  }
  return zone;
}
