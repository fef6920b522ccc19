import { Temporal } from 'temporal-polyfill';
import { unitMs } from '../plan/duration.ts';
import type { Recurrence, Schedule } from './recurrence.ts';

const dayMs = 86_400_000;
/** Nothing that recurs at all stays away longer: 16 months between February 29ths. */
const horizonDays = 366 * 48;

/**
 * The first fire after a time, in milliseconds since the epoch; `undefined` after the end. What was missed is dropped: the answer is
 * always later than `afterMs`, except for the very first fire of a recurrence without a start, which is `anchorMs` itself (when
 * the flow was saved). With a schedule, times are wall clock in the recurrence's zone and never before its start.
 */
export function nextRecurrence(
  recurrence: Recurrence,
  times: { readonly afterMs: number; readonly anchorMs: number; readonly lastFireMs?: number },
): number | undefined {
  const startMs = recurrence.startTime === undefined ? undefined : instantMs(recurrence.startTime, recurrence.timeZone);
  const nextMs =
    recurrence.schedule === undefined
      ? nextByInterval(recurrence, startMs, times)
      : nextBySchedule(recurrence, recurrence.schedule, startMs ?? times.anchorMs, startMs, times.afterMs);
  if (nextMs === undefined || recurrence.endTime === undefined) return nextMs;
  return nextMs <= instantMs(recurrence.endTime, recurrence.timeZone) ? nextMs : undefined;
}

function nextByInterval(
  recurrence: Recurrence,
  startMs: number | undefined,
  times: { readonly afterMs: number; readonly anchorMs: number; readonly lastFireMs?: number },
): number {
  const { afterMs, anchorMs, lastFireMs } = times;
  if (startMs === undefined && lastFireMs === undefined) return anchorMs;
  const base = startMs ?? lastFireMs ?? anchorMs;
  if (startMs !== undefined && startMs > afterMs) return startMs;
  const { frequency, interval } = recurrence;
  if (frequency === 'Second' || frequency === 'Minute' || frequency === 'Hour') {
    const stepMs = interval * (unitMs[frequency.toLowerCase()] ?? dayMs);
    return base + (Math.floor((afterMs - base) / stepMs) + 1) * stepMs;
  }
  return nextCalendarStep(recurrence, base, afterMs);
}

/** Days and longer are steps of the wall clock, so that a change of daylight saving time does not move the hour. */
function nextCalendarStep(
  { frequency, interval, timeZone, startTime }: Recurrence,
  base: number,
  afterMs: number,
): number {
  const zone = startTime !== undefined && hasOffset(startTime) ? 'UTC' : timeZone;
  const origin = Temporal.Instant.fromEpochMilliseconds(base).toZonedDateTimeISO(zone);
  const unit =
    frequency === 'Week' ? 'weeks' : frequency === 'Month' ? 'months' : frequency === 'Year' ? 'years' : 'days';
  const longestMs = { days: 1, weeks: 7, months: 31, years: 366 }[unit] * dayMs + dayMs;
  let steps = Math.max(0, Math.floor((afterMs - base) / (longestMs * interval)) - 1);
  for (;;) {
    const candidate = origin.add({ [unit]: steps * interval }).epochMilliseconds;
    if (candidate > afterMs) return candidate;
    steps++;
  }
}

function nextBySchedule(
  recurrence: Recurrence,
  schedule: Schedule,
  anchorMs: number,
  startMs: number | undefined,
  afterMs: number,
): number | undefined {
  const zone = recurrence.timeZone;
  const anchor = Temporal.Instant.fromEpochMilliseconds(anchorMs).toZonedDateTimeISO(zone);
  const lowestMs = startMs === undefined ? afterMs + 1 : Math.max(startMs, afterMs + 1);
  const from = Temporal.Instant.fromEpochMilliseconds(lowestMs).toZonedDateTimeISO(zone);
  const anchorDay = dayNumber(anchor);
  const firstDay = dayNumber(from);
  const times = timesOfDay(recurrence, schedule, anchor);
  for (let day = firstDay; day < firstDay + horizonDays; day++) {
    if (!isDayOf(recurrence, schedule, anchorDay, day)) continue;
    const date = new Date(day * dayMs);
    for (const time of times) {
      const candidate = Temporal.PlainDateTime.from({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        ...time,
      }).toZonedDateTime(zone).epochMilliseconds;
      if (candidate >= lowestMs && isIntervalOf(recurrence, anchorMs, candidate)) return candidate;
    }
  }
  return undefined;
}

type TimeOfDay = { readonly hour: number; readonly minute: number; readonly second: number };

/** Hours without minutes take the minute of the first run; minutes without hours mean every hour. */
function timesOfDay(
  { frequency }: Recurrence,
  { hours, minutes }: Schedule,
  anchor: { readonly hour: number; readonly minute: number; readonly second: number },
): readonly TimeOfDay[] {
  const isWithinDay = frequency === 'Hour' || frequency === 'Minute' || frequency === 'Second';
  const everyHour = Array.from({ length: 24 }, (_, hour) => hour);
  const everyMinute = Array.from({ length: 60 }, (_, minute) => minute);
  const chosenHours = hours.length > 0 ? hours : minutes.length > 0 || isWithinDay ? everyHour : [anchor.hour];
  const chosenMinutes =
    minutes.length > 0 ? minutes : frequency === 'Minute' || frequency === 'Second' ? everyMinute : [anchor.minute];
  const second = hours.length > 0 || minutes.length > 0 ? 0 : anchor.second;
  return chosenHours.flatMap((hour) => chosenMinutes.map((minute) => ({ hour, minute, second })));
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

/** With a schedule on a frequency below a day, the interval still counts hours or minutes from the anchor. */
function isIntervalOf({ frequency, interval }: Recurrence, anchorMs: number, candidateMs: number): boolean {
  if (frequency !== 'Hour' && frequency !== 'Minute') return true;
  const stepMs = unitMs[frequency.toLowerCase()] ?? dayMs;
  return (Math.floor(candidateMs / stepMs) - Math.floor(anchorMs / stepMs)) % interval === 0;
}

function dayNumber(date: { readonly year: number; readonly month: number; readonly day: number }): number {
  return Date.UTC(date.year, date.month - 1, date.day) / dayMs;
}

function monthNumber(date: Date): number {
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function hasOffset(text: string): boolean {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) && /[T ]\d{2}:/.test(text);
}

function instantMs(text: string, timeZone: string): number {
  const normal = text.replace(' ', 'T');
  if (hasOffset(normal)) return Temporal.Instant.from(normal).epochMilliseconds;
  return Temporal.PlainDateTime.from(normal.replace(/Z$/i, '')).toZonedDateTime(timeZone).epochMilliseconds;
}
