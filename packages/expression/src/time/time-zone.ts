import { Temporal } from 'temporal-polyfill';
import { addTicks, type DateTime, fieldsOf, fromEpochMs, ticksPerMillisecond, toEpochMs } from './date-time.ts';
import { windowsTimeZones } from './windows-time-zones.ts';

/** Names as people write them: in any case, and without punctuation. */
const byName: ReadonlyMap<string, string> = new Map(
  Object.entries(windowsTimeZones).flatMap(([windows, iana]): [string, string][] => [
    [windows.toLowerCase(), iana],
    [windows.replace(/[.()]/g, '').toLowerCase(), iana],
  ]),
);

/** The IANA zone of a Windows time zone name, or of an IANA name; undefined for anything else. */
export function ianaTimeZone(name: string): string | undefined {
  const found = byName.get(name.trim().toLowerCase());
  if (found !== undefined) return found;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The wall clock of a zone at a moment of UTC. */
export function fromUtc(value: DateTime, zone: string): DateTime {
  const { ms } = toEpochMs(value);
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return { ...addTicks(value, BigInt(offsetNanoseconds / 1_000_000) * ticksPerMillisecond), isUtc: false };
}

/** The moment of UTC at which a zone's wall clock shows a time; in a gap the later reading, in an overlap the earlier. */
export function toUtc(value: DateTime, zone: string): DateTime {
  return readWallClock(value, zone, 'compatible');
}

/**
 * The same as .NET's TimeZoneInfo has it: of a time that is there twice the one in standard time, and undefined for a time that the
 * clock leaves out.
 */
export function toUtcStrictly(value: DateTime, zone: string): DateTime | undefined {
  const moment = readWallClock(value, zone, 'later');
  return fromUtc(moment, zone).ticks === value.ticks ? moment : undefined;
}

function readWallClock(value: DateTime, zone: string, disambiguation: 'compatible' | 'later'): DateTime {
  const { year, month, day, hour, minute, second } = fieldsOf(value);
  const { rest, ms } = toEpochMs(value);
  const local = Temporal.PlainDateTime.from({
    year,
    month,
    day,
    hour,
    minute,
    second,
    millisecond: ((ms % 1000) + 1000) % 1000,
  });
  const moment = fromEpochMs(local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds);
  return addTicks(moment, rest);
}
