/** How the dispatcher paces itself; what operators need of it is in `docs/scale.md`. Milliseconds throughout. */
export type DispatchSettings = {
  /** How long a job stays a silent worker's. The engine's leases are as long, so that a run can be claimed when its job comes back. */
  readonly lockMs: number;
  /** How often jobs of silent workers are looked for. */
  readonly stalledEveryMs: number;
  /** Runs that one process advances at a time for the queue, besides those that it has started. */
  readonly concurrency: number;
  /** How often each worker looks into the record for what is due and was not delivered. */
  readonly reconcileEveryMs: number;
  /** How late a run has to be before it is put into the queue again. */
  readonly reconcileAfterMs: number;
  /** How late before a worker advances it past the queue. */
  readonly bypassAfterMs: number;
  /** Runs that a worker takes past the queue at a look: few, so that the others have their share. */
  readonly bypassRuns: number;
  /** Wake-ups further off stay in the record until they are as near as this. */
  readonly nearMs: number;
  /** How often what has come near is put into the queue. */
  readonly feedEveryMs: number;
  /** How long Redis may take to answer. */
  readonly commandTimeoutMs: number;
};

const dayMs = 24 * 60 * 60 * 1000;

export const defaultSettings: DispatchSettings = {
  lockMs: 5_000,
  stalledEveryMs: 1_000,
  concurrency: 100,
  reconcileEveryMs: 1_000,
  reconcileAfterMs: 500,
  bypassAfterMs: 4_000,
  bypassRuns: 5,
  nearMs: dayMs,
  feedEveryMs: 10 * 60_000,
  commandTimeoutMs: 5_000,
};
