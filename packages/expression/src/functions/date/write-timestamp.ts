import type { Value } from '../../contract.ts';
import { ExpressionError } from '../../errors.ts';
import type { DateTime } from '../../time/date-time.ts';
import { formatDateTime } from '../../time/format-date-time.ts';

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
    throw new ExpressionError(
      `In function '${functionName}', the value provided for date time format '${pattern.slice(0, 100)}' was not valid. Use a standard format of one letter such as 'o' or 'D', or a custom one such as 'yyyy-MM-dd'.`,
      { reason: 'argument-invalid' },
    );
  return text;
}
