import type { Value } from '../../contract.ts';
import { invalidArgument } from '../check-arguments.ts';

export function readUri(functionName: string, value: Value | undefined): URL {
  const url = URL.parse(value as string);
  if (url === null)
    throw invalidArgument(
      functionName,
      `was given '${(value as string).slice(0, 100)}', which is not an absolute URI.`,
    );
  return url;
}
