import type { RunGate } from './run-store.ts';

/** Final statuses of actions and runs, plus `Running` and `Waiting`. */
export type Status = 'Running' | 'Waiting' | 'Succeeded' | 'Skipped' | 'Failed' | 'TimedOut' | 'Cancelled';

export type Failure = { readonly code: string; readonly message: string };

/** ISO 8601 in UTC with seven fractional digits, e.g. `2026-11-24T12:00:00.0000000Z`. */
export type Timestamp = string;

/** JSON text. The engine serialises once; a store keeps it as it is and big ones once, by content hash. */
export type JsonText = string;

export type RetryAttempt = {
  readonly startTime: Timestamp;
  readonly endTime: Timestamp;
  /** The reason of the attempt's answer, e.g. `ServiceUnavailable`. */
  readonly code: string;
  readonly error?: Failure;
  /** How the service that answered calls the request in its own records, where it says so. */
  readonly serviceRequestId?: string;
};

/** One action of one run, in one iteration: the unit of durability and of history. Keyed by (runId, action, iteration). */
export type ActionRecord = {
  readonly runId: string;
  /** The action's name; unique in a definition. */
  readonly action: string;
  /** Indexes of the enclosing loops, six digits each, outermost first, joined with `-`; empty outside loops. */
  readonly iteration: string;
  /** Grows by one with every record of a run: the order in which things happened, and in which variables are rebuilt. */
  readonly sequence: number;
  readonly status: Status;
  readonly code?: string;
  readonly error?: Failure;
  readonly inputs?: JsonText;
  readonly outputs?: JsonText;
  readonly startTime: Timestamp;
  readonly endTime?: Timestamp;
  readonly trackingId: string;
  readonly trackedProperties?: JsonText;
  readonly retryHistory?: readonly RetryAttempt[];
  /** Loops: how many iterations ran. */
  readonly repetitionCount?: number;
  /**
   * Written before a call that must not be silently repeated, while `status` is `Running`. Found unresolved after a crash, the call
   * may or may not have happened.
   */
  readonly intent?: { readonly idempotencyKey: string; readonly attempt: number; readonly at: Timestamp };
  /** Written with `status: 'Waiting'`: when to look again (milliseconds since the epoch). */
  readonly wakeAtMs?: number;
  /** What an action that waits for a {@link RunSignal} has to remember while it does. */
  readonly waitState?: JsonText;
};

/** One action in one iteration of one run. */
export type RunPlace = { readonly runId: string; readonly action: string; readonly iteration: string };

/** Something from outside for one action of one run: a callback, the end of a child flow. */
export type RunSignal = RunPlace & {
  /** Unique within the run: of several deliveries with one id the first counts. */
  readonly signalId: string;
  readonly payload: JsonText;
};

/** `taken`: durable now. `repeated`: one with its id was taken before. `unexpected`: the action, or its run, has ended or never was. */
export type SignalReceipt = 'taken' | 'repeated' | 'unexpected';

/** The action that called a flow, and waits for it. */
export type RunParent = RunPlace & {
  /** How many flows called one another before this run: 1 for a flow that a flow without a parent called. */
  readonly depth: number;
};

/** The run that another one repeats. */
export type RunOrigin = {
  readonly runId: string;
  /** The actions that were done again with the results before them kept; absent where all of it was. */
  readonly actions?: readonly string[];
};

/** What fired, as the run saw it. */
export type TriggerRecord = {
  readonly name: string;
  readonly status: Status;
  readonly code?: string;
  readonly inputs?: JsonText;
  readonly outputs?: JsonText;
  readonly startTime: Timestamp;
  readonly endTime: Timestamp;
  readonly scheduledTime?: Timestamp;
};

export type RunRecord = {
  /** Sorts newest first, as the ecosystem's run names do. */
  readonly runId: string;
  readonly flowId: string;
  /** The immutable revision of the flow that this run executes. */
  readonly flowRevision: number;
  readonly status: Status;
  readonly code?: string;
  readonly error?: Failure;
  readonly startTime: Timestamp;
  readonly endTime?: Timestamp;
  readonly trigger: TriggerRecord;
  readonly clientTrackingId: string;
  /** The definition's `outputs`, once finished. */
  readonly outputs?: JsonText;
  /** Until when a caller waits for an answer, whichever process advances the run. Milliseconds since the epoch. */
  readonly callerUntilMs?: number;
  /** What was answered to a waiting caller. */
  readonly response?: JsonText;
  /** Of a child flow's run. */
  readonly parent?: RunParent;
  /** Key of the {@link RunGate} that it came through. */
  readonly gate?: string;
  /** Of a run that repeats another. */
  readonly origin?: RunOrigin;
};
