import { Temporal } from 'temporal-polyfill';

/** Whether a time says its own offset from UTC, so that no time zone applies to it. */
export function hasOffset(text: string): boolean {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) && /[T ]\d{2}:/.test(text);
}

/**
 * The moment of a date and time, local to a zone (an IANA name) unless it has an offset, in milliseconds since the epoch; `undefined` for
 * what is no time. Of a wall clock time that is there twice it is the first, of one that is left out the one as much later.
 */
export function readMomentMs(text: string, timeZone: string): number | undefined {
  try {
    if (hasOffset(text)) return Temporal.Instant.from(text.replace(' ', 'T')).epochMilliseconds;
    return momentMs(Temporal.PlainDateTime.from(localText(text)), timeZone);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What the clocks of a zone show at a moment. */
export function wallClockAt(timeMs: number, timeZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(timeMs).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

/** What clocks show at the first of a recurrence's times: what its start time says, even where they leave that out on the day. */
export function firstWallClock(
  startTime: string | undefined,
  firstMs: number,
  timeZone: string,
): Temporal.PlainDateTime {
  if (startTime === undefined || hasOffset(startTime)) return wallClockAt(firstMs, timeZone);
  return Temporal.PlainDateTime.from(localText(startTime));
}

/** When the clocks of a zone show this. */
export function momentMs(wallClock: Temporal.PlainDateTime, timeZone: string): number {
  return wallClock.toZonedDateTime(timeZone).epochMilliseconds;
}

/** A date alone may end in a `Z` that means nothing. */
function localText(text: string): string {
  return text.replace(' ', 'T').replace(/Z$/i, '');
}
