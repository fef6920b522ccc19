import { intervalSlots } from './interval-slots.ts';
import { firstSlotMs } from './next-recurrence.ts';
import type { Recurrence } from './recurrence.ts';
import { readMomentMs } from './wall-clock.ts';

/** A stretch of time that one run of a sliding window looks after: from the end of the one before it to its own end. */
export type Window = { readonly startMs: number; readonly endMs: number };

/**
 * The first window that ends after a time; `undefined` when there are no more. The first of all ends at the recurrence's start time, or when
 * its flow was saved, and the others follow without a gap: none is ever left out.
 */
export function nextWindow(
  recurrence: Recurrence,
  { afterMs, anchorMs }: { readonly afterMs: number; readonly anchorMs: number },
): Window | undefined {
  const slots = intervalSlots(recurrence, firstSlotMs(recurrence, anchorMs));
  const slot = slots.after(afterMs);
  const window = { startMs: slots.at(slot - 1), endMs: slots.at(slot) };
  const lastMs = recurrence.endTime === undefined ? undefined : readMomentMs(recurrence.endTime, recurrence.timeZone);
  return lastMs !== undefined && window.endMs > lastMs ? undefined : window;
}
