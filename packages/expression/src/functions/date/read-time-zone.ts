import type { Value } from '../../contract.ts';
import { ExpressionError } from '../../errors.ts';
import { ianaTimeZone } from '../../time/time-zone.ts';

export function readTimeZone(functionName: string, name: Value | undefined): string {
  const zone = ianaTimeZone(name as string);
  if (zone === undefined) {
    throw new ExpressionError(
      `In function '${functionName}', the value provided for time zone id '${(name as string).slice(0, 100)}' was not valid. Use a name of Windows such as 'Pacific Standard Time', or one of IANA such as 'Europe/Berlin'.`,
      { reason: 'argument-invalid' },
    );
  }
  return zone;
}
