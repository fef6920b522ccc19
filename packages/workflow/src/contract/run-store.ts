import type {
  ActionRecord,
  Failure,
  JsonText,
  RunPlace,
  RunRecord,
  RunSignal,
  SignalReceipt,
  Status,
  Timestamp,
  TriggerRecord,
} from './run-record.ts';

/** What lets only so many runs of a trigger be at a time. */
export type RunGate = {
  /** Runs with the same key are counted together. */
  readonly key: string;
  readonly limit: number;
  /** How many more may wait; another is turned away. */
  readonly maximumWaiting: number;
};

/** `running`: the run is its owner's, with epoch 1. `waiting`: it is kept and waits for its turn. `full`: nothing was kept. */
export type Admission = 'running' | 'waiting' | 'full';

/** One fact about a run. An append of several is all or nothing. */
export type RunEntry =
  | {
      readonly kind: 'run-started';
      readonly run: RunRecord;
      readonly owner: string;
      readonly leaseUntilMs: number;
      readonly uniqueKey?: string;
      /** What it begins with, where it goes on from the results of another. */
      readonly records?: readonly ActionRecord[];
    }
  /** Inserts, or replaces the record of the same key. */
  | { readonly kind: 'action'; readonly record: ActionRecord }
  /** Nothing to do before this time (or a signal): the run leaves memory. */
  | { readonly kind: 'run-sleeping'; readonly runId: string; readonly wakeAtMs: number }
  | { readonly kind: 'run-responded'; readonly runId: string; readonly response: JsonText }
  /** This signal to the run has done what it was for: with the record of what it did, in one append. */
  | { readonly kind: 'signal-consumed'; readonly runId: string; readonly signalId: string }
  /** A signal to another run, put as by {@link RunStore.putSignal}; one that is not taken is no failure. */
  | { readonly kind: 'signal-sent'; readonly runId: string; readonly signal: RunSignal }
  | {
      readonly kind: 'run-finished';
      readonly runId: string;
      readonly status: Status;
      readonly code?: string;
      readonly error?: Failure;
      readonly endTime: Timestamp;
      readonly outputs?: JsonText;
    };

/** Who is writing: an append by an owner whose epoch is not the run's newest is refused with a `FencedError`. */
export type Lease = { readonly runId: string; readonly epoch: number };

export type ClaimedRun = {
  readonly run: RunRecord;
  readonly lease: Lease;
  /** Its records outside loops, in sequence order; those inside may be very many. */
  readonly actions: readonly ActionRecord[];
  readonly cancelRequested: boolean;
  /** Signals that have not been consumed. */
  readonly signals: readonly RunSignal[];
};

/** How many records inside loops one action has with one status, in a hundred iterations that follow one another. */
export type RecordTally = {
  readonly action: string;
  /** What the keys of these iterations begin with: all but their last two digits. */
  readonly hundred: string;
  readonly status: Status;
  readonly count: number;
  /** The highest among them. */
  readonly lastSequence: number;
};

/** Every one of these actions in every one of these iterations. */
export type RecordQuery = {
  readonly runId: string;
  readonly actions: readonly string[];
  readonly iterations: readonly string[];
};

export type RunQuery = {
  readonly flowId: string;
  readonly status?: readonly Status[];
  readonly startedFrom?: Timestamp;
  readonly startedBefore?: Timestamp;
  /** Runs after this one in the order of a history. It need not exist any more. */
  readonly after?: RunPosition;
  readonly limit: number;
};

/** Where a run stands in its flow's history: the latest start first, of one time by run id. */
export type RunPosition = Pick<RunRecord, 'startTime' | 'runId'>;

/** A trigger record without its payloads: how many bytes of UTF-8 they are. */
export type TriggerSummary = Omit<TriggerRecord, 'inputs' | 'outputs'> & {
  readonly inputsBytes?: number;
  readonly outputsBytes?: number;
};

/** A run as lists have it: no payload is read for it, however big. */
export type RunSummary = Pick<
  RunRecord,
  | 'runId'
  | 'flowId'
  | 'flowRevision'
  | 'status'
  | 'code'
  | 'error'
  | 'startTime'
  | 'endTime'
  | 'clientTrackingId'
  | 'origin'
> & { readonly trigger: TriggerSummary };

export type SleepingRun = { readonly runId: string; readonly wakeAtMs: number };

/** A page of sleeping runs. */
export type SleepRange = { readonly after: SleepingRun; readonly untilMs: number; readonly limit: number };

/** The durable record of runs. Records are the state: whatever is here is true, whatever is not did not happen. */
export interface RunStore {
  /**
   * Appends in order; resolves when durable. What many callers append in one tick is committed together (group commit). All entries are of
   * the lease's run; a new run's first append has epoch 1. A `run-started` whose `uniqueKey` is taken is refused with a `DuplicateRunError`.
   */
  append(lease: Lease, entries: readonly RunEntry[]): Promise<void>;
  /**
   * Starts a run whose trigger has a gate; `run.gate` is its key. A run that waits has the status `Waiting`, is nobody's and cannot be claimed
   * (unless it is to be stopped): the append that finishes one of the others makes the oldest that waits due in the same transaction, so
   * that never more than `limit` are unfinished without waiting, whichever processes write. Throws `DuplicateRunError`.
   */
  admit(started: Extract<RunEntry, { readonly kind: 'run-started' }>, gate: RunGate): Promise<Admission>;
  /**
   * Takes over an unfinished run whose lease has expired or is the owner's own: epoch + 1, with its records outside loops. `undefined`:
   * finished, unknown, live elsewhere, or asleep for more than a second with nothing asked of it, so that a wake too many costs next to nothing.
   */
  claim(runId: string, owner: string, leaseUntilMs: number): Promise<ClaimedRun | undefined>;
  /** Extends the leases an owner holds. */
  renew(owner: string, leaseUntilMs: number): Promise<void>;
  /** Unfinished runs that no live lease holds and whose wake time has come, oldest first. */
  due(nowMs: number, limit: number): Promise<readonly string[]>;
  /** The next time anything becomes due, if any. */
  nextDueMs(): Promise<number | undefined>;
  /** Runs that sleep past one and until another, in the order of their times and ids; `after` itself is left out. */
  sleeping(range: SleepRange): Promise<readonly SleepingRun[]>;
  /** Asks a run to stop; whoever owns it sees it at the next claim or by the engine's own call. `false`: finished or unknown. */
  requestCancel(runId: string): Promise<boolean>;
  /** Runs that an owner has in hand and somebody wants stopped. */
  cancelRequested(owner: string): Promise<readonly string[]>;
  /** Which of these runs have answered their caller or have ended. */
  answered(runIds: readonly string[]): Promise<readonly string[]>;
  /**
   * Keeps a signal for an action that has begun and not ended, once by its id. A run that sleeps becomes due at once; one that falls asleep
   * while a signal waits does not sleep.
   */
  putSignal(signal: RunSignal): Promise<SignalReceipt>;
  /** Signals to an unfinished run that have not been consumed. */
  pendingSignals(runId: string): Promise<readonly RunSignal[]>;

  findRun(runId: string): Promise<RunRecord | undefined>;
  /** The run that was started with a unique key. */
  findRunByKey(uniqueKey: string): Promise<RunRecord | undefined>;
  /** In the order of a history. As fast for a flow with a million runs, at any depth. */
  listRuns(query: RunQuery): Promise<readonly RunRecord[]>;
  /** The same without payloads. */
  listRunSummaries(query: RunQuery): Promise<readonly RunSummary[]>;
  findAction(place: RunPlace): Promise<ActionRecord | undefined>;
  /** Records outside loops, or, with an action name, every iteration of that action, in sequence order. */
  listActions(runId: string, action?: string): Promise<readonly ActionRecord[]>;
  /** Counts the records inside loops, in no order, without holding up whoever else has something to do. */
  tallyActions(runId: string): Promise<readonly RecordTally[]>;
  /** The records that there are, in no order. */
  readActions(query: RecordQuery): Promise<readonly ActionRecord[]>;
}
