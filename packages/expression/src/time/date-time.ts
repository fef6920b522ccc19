import { ExpressionError } from '../errors.ts';

/**
 * A date and time as .NET's DateTime has it: ticks of 100 ns on the wall clock since 0001-01-01, and whether they are UTC. Ticks do
 * not fit a float, so they are a bigint.
 */
export type DateTime = { readonly ticks: bigint; readonly isUtc: boolean };

export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerDay = 864_000_000_000n;
/** Ticks at 1970-01-01. */
const epochTicks = 621_355_968_000_000_000n;
/** The first tick past 9999-12-31. */
const endTicks = 3_155_378_976_000_000_000n;

export type DateFields = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Ticks within the second, 0 to 9,999,999. */
  readonly fraction: number;
  /** Sunday 0. */
  readonly dayOfWeek: number;
};

export function fromEpochMs(ms: number): DateTime {
  return { ticks: epochTicks + BigInt(Math.floor(ms)) * ticksPerMillisecond, isUtc: true };
}

/** Milliseconds since the epoch, and the ticks that are left. */
export function toEpochMs({ ticks }: DateTime): { readonly ms: number; readonly rest: bigint } {
  const since = ticks - epochTicks;
  const rest = ((since % ticksPerMillisecond) + ticksPerMillisecond) % ticksPerMillisecond;
  return { ms: Number((since - rest) / ticksPerMillisecond), rest };
}

export function fieldsOf(value: DateTime): DateFields {
  const { ms, rest } = toEpochMs(value);
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: date.getUTCMilliseconds() * 10_000 + Number(rest),
    dayOfWeek: date.getUTCDay(),
  };
}

/** Ticks of a date on the calendar, or undefined when there is no such date or time. */
export function ticksOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  fraction = 0,
): bigint | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  return epochTicks + BigInt(date.getTime()) * ticksPerMillisecond + BigInt(fraction);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function addTicks(value: DateTime, ticks: bigint): DateTime {
  return inRange({ ...value, ticks: value.ticks + ticks });
}

/** Adds months; a day that the month does not have becomes its last one. */
export function addMonths(value: DateTime, months: number): DateTime {
  const { year, month, day } = fieldsOf(value);
  const total = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  const newDay = Math.min(day, daysInMonth(Math.min(Math.max(newYear, 1), 9999), newMonth));
  const start = ticksOf(newYear, newMonth, newDay);
  if (start === undefined) throw outOfRange();
  return { ...value, ticks: start + (value.ticks % ticksPerDay) };
}

export function inRange(value: DateTime): DateTime {
  if (value.ticks < 0n || value.ticks >= endTicks) throw outOfRange();
  return value;
}

function outOfRange(): ExpressionError {
  return new ExpressionError('The result is outside the dates from year 1 to year 9999.', {
    reason: 'argument-invalid',
  });
}
