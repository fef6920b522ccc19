import type { Status } from '@patchbay/workflow';
import type { ExpiredRuns } from './contract.ts';

/** What a run is once it has ended. */
export const endedStatuses = [
  'Succeeded',
  'Failed',
  'TimedOut',
  'Cancelled',
  'Skipped',
] as const satisfies readonly Status[];

/** From where on in the order of a history the runs are: what ended before a time began before it as well. */
export function startOf({ endedBefore, from }: ExpiredRuns): { readonly startTime: string; readonly runId: string } {
  if (from === undefined || from.startTime > endedBefore) return { startTime: endedBefore, runId: '' };
  return from;
}
