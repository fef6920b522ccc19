import { intervalSlots } from './interval-slots.ts';
import type { Recurrence } from './recurrence.ts';
import { nextScheduled } from './schedule-slots.ts';
import { readMomentMs } from './wall-clock.ts';

/**
 * The first time after another at which a recurrence fires, in milliseconds since the epoch; `undefined` when it is over. Without a start
 * time it fires at its anchor first: when its flow was saved. With one, what has been missed is dropped. A schedule says wall clock
 * times of the recurrence's zone, none of them before the start.
 */
export function nextRecurrence(
  recurrence: Recurrence,
  { afterMs, anchorMs }: { readonly afterMs: number; readonly anchorMs: number },
): number | undefined {
  const nextMs = nextOf(recurrence, afterMs, anchorMs);
  const endMs = recurrence.endTime === undefined ? undefined : readMomentMs(recurrence.endTime, recurrence.timeZone);
  return nextMs !== undefined && endMs !== undefined && nextMs > endMs ? undefined : nextMs;
}

/** Where the intervals of a recurrence are counted from: its start time, or when its flow was saved. */
export function firstSlotMs({ startTime, timeZone }: Recurrence, anchorMs: number): number {
  return (startTime === undefined ? undefined : readMomentMs(startTime, timeZone)) ?? anchorMs;
}

function nextOf(recurrence: Recurrence, afterMs: number, anchorMs: number): number | undefined {
  const firstMs = firstSlotMs(recurrence, anchorMs);
  const { schedule } = recurrence;
  if (schedule === undefined) {
    const slots = intervalSlots(recurrence, firstMs);
    return slots.at(slots.after(afterMs));
  }
  if (recurrence.startTime === undefined && firstMs > afterMs) return firstMs;
  return nextScheduled({ recurrence, schedule, anchorMs: firstMs }, Math.max(firstMs, afterMs + 1));
}
