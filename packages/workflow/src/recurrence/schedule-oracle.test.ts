import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextRecurrence } from './next-recurrence.ts';
import type { Frequency, Recurrence, Schedule } from './recurrence.ts';

/**
 * An oracle that shares nothing with the engine: it reads the clocks of a zone from `Intl` minute by minute, and asks of every minute that
 * they show whether the schedule names it.
 */

const minuteMs = 60_000;
const dayMs = 86_400_000;
const days = 70;
const mostCompared = 150;
const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata'];
/** Weeks around changes of clocks in one or another of the zones. */
const begins = ['2026-02-20', '2026-03-20', '2026-09-25', '2026-10-20', '2027-12-20'].map((day) => Date.parse(day));

type Clocks = ReadonlyMap<number, number>;

/** Wall clock minute (as if it were UTC) → the moment when clocks first show it; those that are left out, by the offset before. */
const clocksOf = memoize((key: string): Clocks => {
  const [zone = 'UTC', begin = '0'] = key.split(' ');
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const clocks = new Map<number, number>();
  let expected: number | undefined;
  for (let time = Number(begin) - dayMs; time < Number(begin) + (days + 1) * dayMs; time += 30 * minuteMs) {
    const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
    const shown = Date.UTC(year, month - 1, day, hour, minute);
    for (let missing = expected ?? shown; missing < shown; missing += minuteMs) {
      if (!clocks.has(missing)) clocks.set(missing, time + (missing - (expected ?? shown)));
    }
    for (let past = 0; past < 30 * minuteMs; past += minuteMs) {
      if (!clocks.has(shown + past)) clocks.set(shown + past, time + past);
    }
    expected = shown + 30 * minuteMs;
  }
  return clocks;
});

function memoize<Key, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new Map<Key, Result>();
  return (key) => {
    const found = known.get(key) ?? compute(key);
    known.set(key, found);
    return found;
  };
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function isNamed({ frequency, interval }: Recurrence, schedule: Schedule, anchor: number, minute: number): boolean {
  const date = new Date(minute);
  const start = new Date(anchor);
  const isOneOf = (list: readonly number[], own: number, other: number): boolean =>
    list.length === 0 ? own === other : list.includes(own);
  const isFree = (list: readonly number[], own: number): boolean => list.length === 0 || list.includes(own);
  const dayNumber = (at: number): number => Math.floor(at / dayMs);
  const monthDayOrNth = (): boolean => {
    const length = daysInMonth(date);
    const own = date.getUTCDate();
    if (schedule.monthDays.some((named) => named === own || (named < 0 && length + 1 + named === own))) return true;
    return schedule.monthlyOccurrences.some(({ day, occurrence }) => {
      const all = Array.from({ length }, (_, index) => index + 1).filter(
        (one) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), one)).getUTCDay() === day,
      );
      return all.at(occurrence > 0 ? occurrence - 1 : occurrence) === own;
    });
  };
  const isMonthly = schedule.monthDays.length > 0 || schedule.monthlyOccurrences.length > 0;
  const isDayFree = (): boolean => isFree(schedule.weekDays, date.getUTCDay()) && (!isMonthly || monthDayOrNth());
  const isTime =
    isOneOf(schedule.hours, date.getUTCHours(), start.getUTCHours()) &&
    isOneOf(schedule.minutes, date.getUTCMinutes(), start.getUTCMinutes());
  switch (frequency) {
    case 'Minute':
      return (
        (minute - anchor) % (interval * minuteMs) === 0 &&
        isFree(schedule.hours, date.getUTCHours()) &&
        isFree(schedule.minutes, date.getUTCMinutes()) &&
        isDayFree()
      );
    case 'Hour':
      return (
        (Math.floor(minute / 3_600_000) - Math.floor(anchor / 3_600_000)) % interval === 0 &&
        isFree(schedule.hours, date.getUTCHours()) &&
        isOneOf(schedule.minutes, date.getUTCMinutes(), start.getUTCMinutes()) &&
        isDayFree()
      );
    case 'Day':
      return (dayNumber(minute) - dayNumber(anchor)) % interval === 0 && isTime && isDayFree();
    case 'Week': {
      const sunday = (at: number): number => dayNumber(at) - new Date(at).getUTCDay();
      return (
        ((sunday(minute) - sunday(anchor)) / 7) % interval === 0 &&
        isTime &&
        isOneOf(schedule.weekDays, date.getUTCDay(), start.getUTCDay())
      );
    }
    default: {
      const month = (at: Date): number => at.getUTCFullYear() * 12 + at.getUTCMonth();
      const isDay = isMonthly ? monthDayOrNth() : date.getUTCDate() === Math.min(start.getUTCDate(), daysInMonth(date));
      return (month(date) - month(start)) % interval === 0 && isTime && isDay;
    }
  }
}

/** Every moment of ten weeks at which it fires, by trying every minute. */
function allFires(recurrence: Recurrence, schedule: Schedule, beginMs: number, startWall: number): readonly number[] {
  const clocks = clocksOf(`${recurrence.timeZone} ${beginMs}`);
  const startMs = clocks.get(startWall) ?? 0;
  const found = new Set<number>();
  for (const [wall, time] of clocks) {
    if (wall >= beginMs - dayMs && time >= startMs && isNamed(recurrence, schedule, startWall, wall)) found.add(time);
  }
  return [...found]
    .filter((time) => time >= beginMs && time < beginMs + (days - 1) * dayMs)
    .sort((left, right) => left - right);
}

const someOf = (all: readonly number[], maxLength: number): fc.Arbitrary<readonly number[]> =>
  fc.uniqueArray(fc.constantFrom(...all), { maxLength }).map((list) => [...list].sort((left, right) => left - right));
const upTo = (end: number): readonly number[] => Array.from({ length: end }, (_, index) => index);

const schedules: fc.Arbitrary<Schedule> = fc.record({
  hours: someOf([0, 1, 2, 3, 9, 23], 3),
  minutes: someOf([0, 15, 30, 59], 3),
  weekDays: someOf(upTo(7), 3),
  monthDays: someOf([1, 15, 28, 29, 31, -1, -2], 3),
  monthlyOccurrences: fc.array(
    fc.record({ day: fc.constantFrom(...upTo(7)), occurrence: fc.constantFrom(1, 2, 5, -1, -2) }),
    { maxLength: 2 },
  ),
});

const intervals: { readonly [frequency in Frequency]?: number } = { Minute: 200, Hour: 30, Day: 9, Week: 3, Month: 2 };

it('fires at exactly the minutes that trying every minute finds', () => {
  const cases = fc.record({
    frequency: fc.constantFrom<Frequency>('Minute', 'Hour', 'Day', 'Week', 'Month'),
    interval: fc.nat(300),
    zone: fc.constantFrom(...zones),
    begin: fc.constantFrom(...begins),
    startMinute: fc.nat(20 * 24 * 60),
    schedule: schedules,
  });
  fc.assert(
    fc.property(cases, ({ frequency, interval, zone, begin, startMinute, schedule }) => {
      const startWall = begin + startMinute * minuteMs;
      const recurrence: Recurrence = {
        frequency,
        interval: 1 + (interval % (intervals[frequency] ?? 1)),
        timeZone: zone,
        startTime: new Date(startWall).toISOString().slice(0, 19),
        // A week has no days of a month, and the other way round.
        schedule: frequency === 'Week' ? { ...schedule, monthDays: [], monthlyOccurrences: [] } : schedule,
      };
      const expected = allFires(recurrence, recurrence.schedule ?? schedule, begin, startWall);
      const found: number[] = [];
      let afterMs = begin - 1;
      while (found.length < Math.min(expected.length + 1, mostCompared)) {
        const next = nextRecurrence(recurrence, { afterMs, anchorMs: 0 });
        if (next === undefined || next >= begin + (days - 1) * dayMs) break;
        found.push(next);
        afterMs = next;
      }
      expect(found.map(iso)).toEqual(expected.slice(0, mostCompared).map(iso));
    }),
    { seed: 20_261_124, numRuns: 60 },
  );
});

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
