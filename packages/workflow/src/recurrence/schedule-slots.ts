import { Temporal } from 'temporal-polyfill';
import type { Recurrence, Schedule } from './recurrence.ts';
import { firstWallClock, momentMs, wallClockAt } from './wall-clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Nothing that recurs at all stays away longer: 16 months between February 29ths. */
const horizonDays = 366 * 48;

/** A recurrence with what its schedule is counted from. */
export type Scheduled = {
  readonly recurrence: Recurrence;
  readonly schedule: Schedule;
  /** Its first run or its start: whose minute, day or week stands for what the schedule leaves out. */
  readonly anchorMs: number;
};

/** The first time of a schedule that is not before a time; wall clock in the recurrence's zone. `undefined`: there is none. */
export function nextScheduled({ recurrence, schedule, anchorMs }: Scheduled, fromMs: number): number | undefined {
  const zone = recurrence.timeZone;
  const anchor = wallClockMs(firstWallClock(recurrence.startTime, anchorMs, zone));
  const anchorDay = Math.floor(anchor / dayMs);
  const times = timesOfDay(recurrence, schedule, anchor);
  // What is left out of a day by a change to summer time happens later, maybe past midnight.
  const firstDay = Math.floor(wallClockMs(wallClockAt(fromMs, zone)) / dayMs) - 1;
  for (let day = firstDay; day < firstDay + horizonDays; day++) {
    if (!isDayOf(recurrence, schedule, anchorDay, day)) continue;
    const next = firstOfDay(day, times(day), zone, fromMs);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** The first of a day's times that is not before a time. */
function firstOfDay(day: number, timesMs: Iterable<number>, zone: string, fromMs: number): number | undefined {
  const beginMs = momentMs(plainDate(day), zone);
  const isPlain = momentMs(plainDate(day + 1), zone) - beginMs === dayMs;
  let found: number | undefined;
  for (const timeMs of timesMs) {
    // On the few days whose clocks change the calendar is asked.
    const candidate = isPlain ? beginMs + timeMs : momentMs(plainDate(day).add({ milliseconds: timeMs }), zone);
    if (candidate < fromMs) continue;
    if (isPlain) return candidate;
    // A time that is left out may come after a later one.
    if (found === undefined || candidate < found) found = candidate;
  }
  return found;
}

/** The times of a day in milliseconds since its midnight, ascending. */
function timesOfDay(recurrence: Recurrence, schedule: Schedule, anchor: number): (day: number) => Iterable<number> {
  const { frequency, interval } = recurrence;
  switch (frequency) {
    case 'Second':
    case 'Minute': {
      const stepMs = interval * (frequency === 'Second' ? 1_000 : minuteMs);
      return (day) => steps(day, anchor, stepMs, schedule);
    }
    case 'Hour': {
      const times = namedTimes(schedule, anchor, schedule.hours.length > 0 ? schedule.hours : everyHour);
      const anchorHour = Math.floor(anchor / hourMs);
      return (day) => times.filter((time) => (Math.floor((day * dayMs + time) / hourMs) - anchorHour) % interval === 0);
    }
    case 'Day':
    case 'Week':
    case 'Month':
    case 'Year': {
      const anchorHour = Math.floor((anchor % dayMs) / hourMs);
      const times = namedTimes(schedule, anchor, schedule.hours.length > 0 ? schedule.hours : [anchorHour]);
      return () => times;
    }
  }
}

const everyHour = Array.from({ length: 24 }, (_, hour) => hour);

/** Hours and minutes that are not given are those of the anchor, down to its milliseconds. */
function namedTimes({ minutes }: Schedule, anchor: number, hours: readonly number[]): readonly number[] {
  const past = anchor % hourMs;
  const pastHour = minutes.length > 0 ? minutes.map((minute) => minute * minuteMs) : [past];
  return hours.flatMap((hour) => pastHour.map((ms) => hour * hourMs + ms));
}

/** Every interval of seconds or minutes, where the schedule allows it. */
function* steps(day: number, anchor: number, stepMs: number, { hours, minutes }: Schedule): Generator<number> {
  const begin = day * dayMs;
  for (let time = anchor + Math.ceil((begin - anchor) / stepMs) * stepMs - begin; time < dayMs; time += stepMs) {
    const hour = Math.floor(time / hourMs);
    if (hours.length > 0 && !hours.includes(hour)) continue;
    if (minutes.length > 0 && !minutes.includes(Math.floor((time % hourMs) / minuteMs))) continue;
    yield time;
  }
}

function isDayOf({ frequency, interval }: Recurrence, schedule: Schedule, anchorDay: number, day: number): boolean {
  const date = new Date(day * dayMs);
  const anchor = new Date(anchorDay * dayMs);
  switch (frequency) {
    case 'Day':
      return (day - anchorDay) % interval === 0 && isNamedDay(schedule, date);
    case 'Week': {
      const index = Math.floor((day - (anchorDay - anchor.getUTCDay())) / 7);
      const named = schedule.weekDays.length > 0 ? schedule.weekDays : [anchor.getUTCDay()];
      return index % interval === 0 && named.includes(date.getUTCDay());
    }
    case 'Month':
    case 'Year': {
      const months = monthNumber(date) - monthNumber(anchor);
      const step = frequency === 'Year' ? 12 * interval : interval;
      return months % step === 0 && isDayOfMonth(schedule, anchor.getUTCDate(), date);
    }
    case 'Second':
    case 'Minute':
    case 'Hour':
      return isNamedDay(schedule, date);
  }
}

function isNamedDay(schedule: Schedule, date: Date): boolean {
  if (schedule.weekDays.length > 0 && !schedule.weekDays.includes(date.getUTCDay())) return false;
  const isMonthly = schedule.monthDays.length > 0 || schedule.monthlyOccurrences.length > 0;
  return !isMonthly || isDayOfMonth(schedule, 0, date);
}

function isDayOfMonth(schedule: Schedule, anchorDate: number, date: Date): boolean {
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const dayOfMonth = date.getUTCDate();
  if (schedule.monthDays.length === 0 && schedule.monthlyOccurrences.length === 0) {
    return dayOfMonth === Math.min(anchorDate, length);
  }
  const fromEnd = dayOfMonth - length - 1;
  if (schedule.monthDays.includes(dayOfMonth) || schedule.monthDays.includes(fromEnd)) return true;
  const nth = Math.ceil(dayOfMonth / 7);
  const nthFromEnd = -Math.ceil(-fromEnd / 7);
  return schedule.monthlyOccurrences.some(
    ({ day, occurrence }) => day === date.getUTCDay() && (occurrence === nth || occurrence === nthFromEnd),
  );
}

function monthNumber(date: Date): number {
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** What clocks show, as milliseconds since the epoch of clocks that are never changed. */
function wallClockMs(wallClock: Temporal.PlainDateTime): number {
  return wallClock.toZonedDateTime('UTC').epochMilliseconds;
}

function plainDate(day: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(day * dayMs)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
}
