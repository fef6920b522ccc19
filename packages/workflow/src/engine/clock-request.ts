import type { Value } from '@patchbay/expression';
import { formatTimestamp } from '../run/timestamp.ts';
import type { FireRequest } from './engine-contract.ts';
import type { ClockFire } from './recurrence-timer.ts';

/** What is fired when a trigger's time has come. */
export function clockRequest({ loaded, trigger, fireMs, window, uniqueKey }: ClockFire): FireRequest {
  const outputs: Value =
    window === undefined
      ? {}
      : { windowStartTime: formatTimestamp(window.startMs), windowEndTime: formatTimestamp(window.endMs) };
  return { flow: loaded.flow, trigger, outputs, scheduledTime: formatTimestamp(fireMs), uniqueKey };
}
