import type { ActionRecord, Lease, RunEntry, RunRecord, RunStore } from '../contract.ts';

/** A store to try, over which the suite has `nowMs` in its hand. */
export type OpenRunStore = (clock: { nowMs(): number }) => Promise<{
  readonly store: RunStore;
  readonly close: () => Promise<void>;
}>;

export const start = Date.UTC(2026, 0, 1);
export const at = (offsetMs: number): string => `${new Date(start + offsetMs).toISOString().slice(0, -1)}0000Z`;

export function run(runId: string, change: Partial<RunRecord> = {}): RunRecord {
  return {
    runId,
    flowId: 'flow-1',
    flowRevision: 1,
    status: 'Running',
    startTime: at(0),
    trigger: { name: 'manual', status: 'Succeeded', outputs: '{"body":1}', startTime: at(0), endTime: at(0) },
    clientTrackingId: 'tracking',
    ...change,
  };
}

export function started(runId: string, change: Partial<Extract<RunEntry, { kind: 'run-started' }>> = {}): RunEntry {
  return { kind: 'run-started', run: run(runId), owner: 'one', leaseUntilMs: start + 1_000, ...change };
}

export function action(
  runId: string,
  name: string,
  sequence: number,
  change: Partial<ActionRecord> = {},
): ActionRecord {
  return {
    runId,
    action: name,
    iteration: '',
    sequence,
    status: 'Succeeded',
    code: 'OK',
    startTime: at(1),
    endTime: at(2),
    trackingId: `tracking-${sequence}`,
    ...change,
  };
}

export const recorded = (record: ActionRecord): RunEntry => ({ kind: 'action', record });
export const first = (runId: string): Lease => ({ runId, epoch: 1 });
