import { ExpressionError } from '../../errors.ts';
import type { DateTime } from '../../time/date-time.ts';
import { formatDateTime } from '../../time/format-date-time.ts';
import { toUtcStrictly } from '../../time/time-zone.ts';

/** The moment that a wall clock of a zone shows; a timestamp that says UTC is that moment already. */
export function readWallClock(functionName: string, value: DateTime, zone: string, zoneName: string): DateTime {
  if (value.isUtc) return value;
  const moment = toUtcStrictly(value, zone);
  if (moment !== undefined) return moment;
  throw new ExpressionError(
    `In function '${functionName}', the value provided for date time string '${formatDateTime(value, 's')}' was not valid. The clocks of '${zoneName}' are put forward past it, so there was no such time.`,
    { reason: 'argument-invalid' },
  );
}
