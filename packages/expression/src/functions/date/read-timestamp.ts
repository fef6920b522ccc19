import type { Value } from '../../contract.ts';
import type { DateTime } from '../../time/date-time.ts';
import { parseDateTime } from '../../time/parse-date-time.ts';
import { invalidArgument } from '../check-arguments.ts';

/** A timestamp argument, or the function's error. */
export function readTimestamp(functionName: string, value: Value | undefined, locale?: string): DateTime {
  const parsed = (value as string).length > 100 ? undefined : parseDateTime(value as string, locale);
  if (parsed === undefined) {
    throw invalidArgument(
      functionName,
      `was given '${String(value).slice(0, 100)}', which is not a date and time that can be read.`,
    );
  }
  return parsed;
}
