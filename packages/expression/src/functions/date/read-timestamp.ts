import type { Scope, Value } from '../../contract.ts';
import { ExpressionError } from '../../errors.ts';
import { type DateTime, fieldsOf, fromEpochMs } from '../../time/date-time.ts';
import { parseDateTime, type Today } from '../../time/parse-date-time.ts';
import { parseAsWritten } from '../../time/parse-exactly.ts';

const maxTimestampLength = 100;

/** A timestamp argument, or the function's error. What it leaves out of the date is today's. */
export function readTimestamp(functionName: string, value: Value | undefined, scope: Scope, locale?: string): DateTime {
  const text = value as string;
  const today = () => fieldsOf(fromEpochMs(scope.now()));
  const parsed = text.length > maxTimestampLength ? undefined : read(text, locale, today);
  if (parsed !== undefined) return parsed;
  throw new ExpressionError(
    `In function '${functionName}', the value provided for date time string '${text.slice(0, maxTimestampLength)}' was not valid. Write it as ISO 8601 has it, for example 2026-01-31T08:00:00Z.`,
    { reason: 'argument-invalid' },
  );
}

function read(text: string, locale: string | undefined, today: Today): DateTime | undefined {
  const found = parseDateTime(text, locale, today);
  return found === undefined && locale !== undefined ? parseAsWritten(text, locale) : found;
}
