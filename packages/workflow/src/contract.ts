import type { JsonValue, Value } from '@patchbay/expression';
import type { Dialect } from './dialect/dialect.ts';

/**
 * The ports of the engine: what it needs from the world, in its own words. `store` implements {@link RunStore}, `server`
 * implements {@link Invoker} and {@link FlowSource}; the contract suites beside the ports say what an implementation owes.
 */

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
  /** Until when a caller waits for an answer in another process than the one that advances the run. Milliseconds since the epoch. */
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

/** When a trigger fires next by the clock, kept so that a restart neither forgets nor repeats. */
export type ScheduleRecord = {
  readonly flowId: string;
  readonly trigger: string;
  readonly flowRevision: number;
  readonly nextFireMs: number;
  readonly lastFireMs?: number;
  /** When its flow was saved or started: where a recurrence without a start time begins. */
  readonly anchorMs: number;
  /** Digest of what it fires by: where that stands, a sliding window goes on where it was. */
  readonly digest: string;
  /** Its flow is stopped; it goes on when that starts. */
  readonly isStopped?: true;
};

export interface ScheduleStore {
  /** Of a flow. */
  list(flowId: string): Promise<readonly ScheduleRecord[]>;
  put(record: ScheduleRecord): Promise<void>;
  /** Those whose time has come, soonest first; none that is stopped. */
  due(nowMs: number, limit: number): Promise<readonly ScheduleRecord[]>;
  /** The next time that one becomes due, if any. */
  nextDueMs(): Promise<number | undefined>;
  /** Moves `nextFireMs` on if it is still `expectedFireMs`: of several processes one wins. */
  advance(flowId: string, trigger: string, expectedFireMs: number, nextFireMs: number): Promise<boolean>;
  /** Of one trigger, or of all of a flow. */
  remove(flowId: string, trigger?: string): Promise<void>;
}

/** A flow as deployed: what a revision says, with the values that its environment supplies. */
export type FlowDefinition = {
  readonly flowId: string;
  readonly revision: number;
  readonly displayName: string;
  readonly environmentId: string;
  readonly stateless: boolean;
  /** Which product it was written for, where more is known than its definition tells. */
  readonly dialect?: Dialect;
  /** The workflow definition language document. */
  readonly definition: JsonValue;
  /** Values for the definition's parameters, by name. */
  readonly parameters: { readonly [name: string]: JsonValue };
  /** Reference name → connection, as the definition's actions name it. */
  readonly connectionReferences: { readonly [name: string]: ConnectionReference };
};

export type ConnectionReference = {
  /** The connector's name, e.g. `shared_library-5f1a2b`. */
  readonly connectorName: string;
  /** The connection's name; empty when not chosen yet. */
  readonly connectionName: string;
};

/** The connection of a call, and the name by which the definition means it; empty where the host names none. */
export type InvokedConnection = ConnectionReference & { readonly referenceName: string };

export interface FlowSource {
  /** Revisions are immutable, so an answer may be kept. */
  load(flowId: string, revision: number): Promise<FlowDefinition | undefined>;
}

/** A call through a connection. */
export type ConnectorInvocation =
  | {
      readonly kind: 'operation';
      readonly connection: InvokedConnection;
      readonly operationId: string;
      /** Flat, as the definition gives them: `{"id": 1, "body/name": "x"}`. */
      readonly parameters: { readonly [name: string]: Value };
      /** Further pages are asked until there are this many items; the first page only when absent. */
      readonly minimumItemCount?: number;
      readonly contentTransfer?: ContentTransfer;
    }
  | {
      readonly kind: 'connection-request';
      readonly connection: InvokedConnection;
      /** As of an operation. */
      readonly minimumItemCount?: number;
      readonly contentTransfer?: ContentTransfer;
      readonly method: string;
      /** Below the connection, as ApiConnection gives it: already encoded. */
      readonly path: string;
      readonly queries: { readonly [name: string]: Value };
      readonly headers: { readonly [name: string]: Value };
      readonly body?: Value;
    };

/** A call that leaves the engine. */
export type Invocation =
  | ConnectorInvocation
  /** Asks an API to call an address back. The result says by `subscription` how that is given back. */
  | {
      readonly kind: 'subscribe';
      readonly connection: InvokedConnection;
      readonly call: ConnectorInvocation;
      readonly callbackUrl: string;
    }
  | { readonly kind: 'unsubscribe'; readonly connection: InvokedConnection; readonly subscription: JsonValue }
  | {
      readonly kind: 'http';
      readonly method: string;
      readonly uri: string;
      readonly queries: { readonly [name: string]: Value };
      readonly headers: { readonly [name: string]: Value };
      readonly body?: Value;
      readonly authentication?: Value;
      readonly contentTransfer?: ContentTransfer;
    }
  /** Asks for the answer of a connector's call that was answered with 202. */
  | {
      readonly kind: 'poll';
      readonly of: ConnectorInvocation;
      /** The `location` of the answer before. */
      readonly location: string;
    };

/** `runtimeConfiguration.contentTransfer` of an action: bodies in chunks, where the other side knows how. */
export type ContentTransfer = {
  /** No more than so many bytes in one request; what the other side suggests when absent. */
  readonly uploadChunkBytes?: number;
  /** Asks for so many bytes at a time; what the other side gives when absent. */
  readonly downloadChunkBytes?: number;
};

export type InvocationContext = {
  readonly environmentId: string;
  readonly flowId: string;
  readonly runId: string;
  readonly action: string;
  readonly iteration: string;
  readonly attempt: number;
  readonly clientTrackingId: string;
  /** The same for every attempt of one action in one iteration. */
  readonly idempotencyKey: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** An HTTP answer of any status; the engine decides what it means. */
export type InvocationResult = {
  readonly statusCode: number;
  /** Lower-case names. The `location` of a poll's answer is absolute. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Value;
  /** Of `subscribe`: what `unsubscribe` is to be given. */
  readonly subscription?: JsonValue;
};

/** Makes calls. Throws `InvocationError` (code, message, retryable) when there was no answer to give. */
export interface Invoker {
  invoke(invocation: Invocation, context: InvocationContext): Promise<InvocationResult>;
  /** `safe`: repeating it has no effect beyond the first (GET, HEAD, OPTIONS…, RFC 9110 §9.2.1); `unsafe`: an intent is recorded first. */
  effect(invocation: Invocation): 'safe' | 'unsafe';
}

/** Time, as the engine sees it: tests turn it by hand. */
export interface Clock {
  nowMs(): number;
  /** Calls back once at or after the time; answers a function that cancels. */
  at(timeMs: number, callback: () => void): () => void;
}

/** What other processes over the same store may want to look at. */
export type Notice =
  /** Runs have become due. */
  | { readonly kind: 'due' }
  /** Somebody wants something of a run, or waits for what has happened to it. */
  | { readonly kind: 'run'; readonly runId: string }
  /** Schedules or watches have changed. */
  | { readonly kind: 'triggers' };

/** How processes over one store tell each other where to look. A hint only: any of them may be lost, and all are found later without. */
export interface Notices {
  /** Tells the others, not this process. */
  publish(notice: Notice): void;
  /** Answers a function that ends it. */
  subscribe(listener: (notice: Notice) => void): () => void;
}

/** The addresses at which webhook actions are called back. */
export interface CallbackAddresses {
  /** Gets ready for the runs of a flow; what it answers makes the address of an action that waits, the same one whenever it is asked. */
  open(flowId: string): Promise<(place: RunPlace) => string>;
}

/** Flows that flows call. */
export interface FlowDirectory {
  /**
   * The newest revision of the flow that another one means by a name or an id (of which a path's last segment counts). `undefined`: there is
   * none that this flow may call.
   */
  findCalled(
    reference: string,
    caller: { readonly environmentId: string; readonly flowId: string },
  ): Promise<{ readonly flow: FlowDefinition; readonly isStarted: boolean } | undefined>;
}

/**
 * Which process advances which run, and when. A hint only: losing everything it knows loses nothing, because due runs are found
 * again from the record, and a run that two processes are told to advance is claimed by one.
 */
export interface Dispatcher {
  /**
   * Starts delivering; `advance` resolves when the run has finished, sleeps or waits. One at a time per run. Without it this process
   * advances nothing and only wakes runs for others.
   */
  start(advance?: (runId: string) => Promise<void>): Promise<void>;
  /** Advance this run soon, here or elsewhere; once more when it is being advanced. */
  wake(runId: string): void;
  /** Advance this run at a time. */
  wakeAt(runId: string, atMs: number): void;
  /** Takes no more work and resolves when what is being advanced has come to rest, or after `drainMs`. */
  stop(drainMs: number): Promise<void>;
}

/** What an environment keeps for its flows besides connections: schemas, maps, and what names trading partners. */
export const artifactKinds = ['agreement', 'assembly', 'certificate', 'map', 'partner', 'schema'] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

export type Artifact = {
  readonly kind: ArtifactKind;
  /** The name as it was given, e.g. `Orders.xsd` or `OrderMap`. */
  readonly name: string;
  readonly contentType: string;
  /** The text of a schema or map; JSON text of a partner or agreement. */
  readonly content: string;
  readonly metadata?: JsonValue;
};

export interface ArtifactSource {
  /**
   * The artifact that an action means: by its name in any case, with or without the extension of a file. `undefined`: there is none.
   */
  findArtifact(environmentId: string, kind: ArtifactKind, name: string): Promise<Artifact | undefined>;
}

export type CodeLanguage = 'javascript' | 'csharp' | 'powershell';

/** Code that an action runs. */
export type CodeRequest = {
  readonly language: CodeLanguage;
  /** The code itself, or the file of the flow's project that holds it. */
  readonly source: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly name: string };
  /** What the code sees, read-only: `{workflow, trigger, actions}`. */
  readonly workflowContext: Value;
  readonly environmentId: string;
  readonly flowId: string;
  readonly runId: string;
  readonly action: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** Runs the code of actions, apart from this process. After a crash the same request may come again. */
export interface CodeRunner {
  /** Answers what the code returns. Throws `InvocationError` when it fails, takes too long, or its language is not run here. */
  runCode(request: CodeRequest): Promise<Value>;
}
