import type { Value } from '../../contract.ts';
import type { DateTime } from '../../time/date-time.ts';
import { formatDateTime } from '../../time/format-date-time.ts';
import { invalidArgument } from '../check-arguments.ts';

/** A result by the format that was asked for, `o` by default. */
export function writeTimestamp(
  functionName: string,
  value: DateTime,
  format: Value | undefined,
  locale = 'en-US',
): string {
  const pattern = format === undefined || format === null ? 'o' : (format as string);
  const text = pattern.length > 1024 ? undefined : formatDateTime(value, pattern, locale);
  if (text === undefined)
    throw invalidArgument(
      functionName,
      `was given the format '${pattern.slice(0, 100)}', which is not valid for a date and time.`,
    );
  return text;
}
