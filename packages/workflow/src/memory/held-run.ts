import type { ActionRecord, RunEntry, RunRecord, RunSignal } from '../contract.ts';

/** When a run that waits for its turn would be due by the clock. */
const neverMs = 8_640_000_000_000_000;

/** A run with everything that is kept of it. Changes in place, in the store that has it. */
export type Held = {
  run: RunRecord;
  epoch: number;
  owner: string;
  leaseUntilMs: number;
  wakeAtMs: number | undefined;
  cancelRequested: boolean;
  /** Of a run that waits for its turn: how many its gate lets be at a time. */
  waitsFor: number | undefined;
  readonly actions: Map<string, ActionRecord>;
  /** By id; `null` once consumed. */
  readonly signals: Map<string, RunSignal | null>;
};

type RunStarted = Extract<RunEntry, { kind: 'run-started' }>;

/** A run that its owner advances. */
export function heldRun({ run, owner, leaseUntilMs, records = [] }: RunStarted, epoch: number): Held {
  return {
    run,
    epoch,
    owner,
    leaseUntilMs,
    wakeAtMs: undefined,
    cancelRequested: false,
    waitsFor: undefined,
    actions: new Map(records.map((record) => [keyOf(record), record])),
    signals: new Map(),
  };
}

/** One that waits for its turn, and that nobody advances. */
export function waitingRun(started: RunStarted, limit: number): Held {
  const held = heldRun({ ...started, owner: '', leaseUntilMs: 0 }, 1);
  return { ...held, run: { ...held.run, status: 'Waiting' }, wakeAtMs: neverMs, waitsFor: limit };
}

/** Under which a run's records are found. */
export function keyOf({ iteration, action }: { readonly iteration: string; readonly action: string }): string {
  return `${iteration}/${action}`;
}

export function isFinished(run: RunRecord): boolean {
  return run.status !== 'Running' && run.status !== 'Waiting';
}

export function pendingOf(held: Held | undefined): readonly RunSignal[] {
  return held === undefined ? [] : [...held.signals.values()].filter((signal) => signal !== null);
}

/** A sleeping run is due at its time, or at once when someone wants it stopped; one in hand, when its lease runs out. */
export function dueMs(held: Held): number {
  if (held.wakeAtMs === undefined) return held.leaseUntilMs;
  return held.cancelRequested ? 0 : held.wakeAtMs;
}

/** Writes what an entry says into its run. */
export function apply(held: Held, entry: Exclude<RunEntry, { kind: 'signal-sent' }>): void {
  switch (entry.kind) {
    case 'run-started':
      return;
    case 'action':
      held.actions.set(keyOf(entry.record), entry.record);
      return;
    case 'run-sleeping':
      held.run = { ...held.run, status: 'Waiting' };
      held.wakeAtMs = pendingOf(held).length > 0 ? 0 : entry.wakeAtMs;
      held.leaseUntilMs = 0;
      return;
    case 'run-responded':
      held.run = { ...held.run, response: entry.response };
      return;
    case 'signal-consumed':
      held.signals.set(entry.signalId, null);
      return;
    case 'run-finished': {
      const { kind: _kind, runId: _runId, ...end } = entry;
      held.run = { ...held.run, ...end };
      held.signals.clear();
    }
  }
}
