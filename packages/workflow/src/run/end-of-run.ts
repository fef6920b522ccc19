import type { RunRequest } from './run-request.ts';

/** When a run ends at the latest, in milliseconds since the epoch. */
export function endOfRunMs({ plan, run }: Pick<RunRequest, 'plan' | 'run'>): number {
  return Date.parse(run.startTime) + plan.runDurationMs;
}
