import { unitMs } from '../plan/duration.ts';
import type { Recurrence } from './recurrence.ts';
import { firstWallClock, hasOffset, momentMs } from './wall-clock.ts';

const dayMs = 86_400_000;

/** The times of an interval, counted from its first: slot 0 is the first, slot -1 would have been one interval before. */
export type IntervalSlots = {
  /** In milliseconds since the epoch; grows with the number. */
  at(slot: number): number;
  /** The number of the first slot after a time, 0 or greater. */
  after(timeMs: number): number;
};

/**
 * The slots of a recurrence that has no schedule. Seconds, minutes and hours are elapsed time; days and longer are steps of the wall clock, so
 * that a change of daylight saving time does not move the hour, nor a short month the day.
 */
export function intervalSlots(recurrence: Recurrence, firstMs: number): IntervalSlots {
  const { frequency, interval } = recurrence;
  switch (frequency) {
    case 'Second':
    case 'Minute':
    case 'Hour':
      return elapsedSlots(firstMs, interval * (unitMs[frequency.toLowerCase()] ?? dayMs));
    case 'Day':
      return calendarSlots(recurrence, firstMs, 'days', dayMs);
    case 'Week':
      return calendarSlots(recurrence, firstMs, 'weeks', 7 * dayMs);
    case 'Month':
      return calendarSlots(recurrence, firstMs, 'months', 31 * dayMs);
    case 'Year':
      return calendarSlots(recurrence, firstMs, 'years', 366 * dayMs);
  }
}

function elapsedSlots(firstMs: number, stepMs: number): IntervalSlots {
  return {
    at: (slot) => firstMs + slot * stepMs,
    after: (timeMs) => Math.max(0, Math.floor((timeMs - firstMs) / stepMs) + 1),
  };
}

function calendarSlots(
  { interval, timeZone, startTime }: Recurrence,
  firstMs: number,
  unit: 'days' | 'weeks' | 'months' | 'years',
  longestMs: number,
): IntervalSlots {
  const zone = startTime !== undefined && hasOffset(startTime) ? 'UTC' : timeZone;
  const first = firstWallClock(startTime, firstMs, zone);
  const at = (slot: number): number => (slot === 0 ? firstMs : momentMs(first.add({ [unit]: slot * interval }), zone));
  return {
    at,
    after(timeMs) {
      // A day is an hour longer than usual at most.
      let slot = Math.max(0, Math.floor((timeMs - firstMs) / ((longestMs + 3_600_000) * interval)) - 1);
      while (at(slot) <= timeMs) slot++;
      return slot;
    },
  };
}
