import type { Value } from '@patchbay/expression';
import type { Transformer } from '@patchbay/transform';
import type {
  ArtifactSource,
  BatchStore,
  CallbackAddresses,
  Clock,
  CodeRunner,
  Dispatcher,
  FlowDefinition,
  FlowDirectory,
  FlowSource,
  InvokedConnection,
  Invoker,
  Notices,
  RunPlace,
  RunSignal,
  RunStore,
  ScheduleStore,
  SignalReceipt,
  Timestamp,
  TriggerSource,
  WatchStore,
  WatchTarget,
} from '../contract.ts';

/** Sources of identity; tests give fixed ones. */
export type IdSource = {
  /** Names this process as an owner of leases. */
  readonly owner: string;
  /** A lower-case GUID. */
  guid(): string;
  /** In [0, 1). */
  random(): number;
};

/** Where the engine tells an operator what it did; the shape of pino's methods. */
export type EngineLogger = {
  warn(fields: { readonly [name: string]: unknown }, message: string): void;
  error(fields: { readonly [name: string]: unknown }, message: string): void;
};

export type EngineOptions = {
  readonly store: RunStore;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly invoker: Invoker;
  readonly flows: FlowSource;
  readonly schedules: ScheduleStore;
  /** For triggers that hear of events at APIs; without it they are not watched. */
  readonly watching?: { readonly watches: WatchStore; readonly source: TriggerSource };
  /** For actions that wait to be called back; without it they fail. */
  readonly callbacks?: CallbackAddresses;
  /** For actions that call flows; without it there are none. */
  readonly directory?: FlowDirectory;
  /** For Batch triggers and what sends to them; without it nothing is kept. */
  readonly batches?: BatchStore;
  readonly ids?: IdSource;
  readonly logger?: EngineLogger;
  /** Values of `appsetting('name')`. */
  readonly appSettings?: { readonly [name: string]: string };
  /** Schemas and maps of environments; without it actions find none. */
  readonly artifacts?: ArtifactSource;
  /** Runs the code of actions; without it they fail. */
  readonly codeRunner?: CodeRunner;
  /** Makes documents of others; the engine has its own unless told. */
  readonly transformer?: Transformer;
  /** How this process reaches others over the same store; absent where there are none. */
  readonly notices?: Notices;
  /**
   * `false`: this process starts runs and leaves it to others to advance them, to fire recurrences and to keep watches. Runs of stateless
   * flows it advances itself, since nobody else can see them.
   */
  readonly advancesRuns?: boolean;
  /** How long a run belongs to this process without a sign of life; 30 s unless told. */
  readonly leaseMs?: number;
};

export type FireRequest = {
  readonly flow: FlowDefinition | { readonly flowId: string; readonly revision: number };
  /** The trigger's name, in any case. */
  readonly trigger: string;
  /** What the trigger saw: `{headers, body, queries, relativePathParameters, …}` for a request, `{}` or `null` for a recurrence. */
  readonly outputs: Value;
  readonly inputs?: Value;
  readonly clientTrackingId?: string;
  /** A caller waits: a Response action answers it. */
  readonly wantsResponse?: boolean;
  readonly scheduledTime?: Timestamp;
  /** Of several fires with one key only the first starts a run. */
  readonly uniqueKey?: string;
  /** The run whose outputs of the trigger these are: conditions were met and lists split then. */
  readonly resubmits?: string;
};

export type RerunRequest = {
  /** A run that has ended. */
  readonly runId: string;
  /** The revision of its flow on which it goes on; its own unless told. What is kept must be the same there. */
  readonly revision?: number;
  /** The actions that are done again, by name in any case, with what runs after them. */
  readonly actions: readonly string[];
  /** Of several requests with one key only the first starts a run. */
  readonly uniqueKey?: string;
};

/** What a Response action said, or that none ran. */
export type ResponseMessage =
  | {
      readonly kind: 'response';
      readonly statusCode: number;
      readonly headers: { readonly [name: string]: string };
      readonly body: Value;
    }
  /** The run ended without a Response action, for HTTP callers 502; or it sleeps past the time a caller may wait, for them 504. */
  | {
      readonly kind: 'no-response';
      readonly code: 'NoResponse' | 'GatewayTimeout';
      readonly message: string;
      /** Why the run's store refused it. */
      readonly cause?: unknown;
    };

export type FiredRun = {
  readonly runId: string;
  readonly clientTrackingId: string;
  /** Present when the caller wants a response and the flow has a Response action. Never rejects. */
  readonly response?: Promise<ResponseMessage>;
};

/** Why a trigger did not fire. */
export type NotFiredReason =
  | {
      readonly code: 'ConditionNotMet' | 'NothingToSplit' | 'Duplicate' | 'TooManyRuns';
      readonly message: string;
    }
  /** HTTP callers get 400. */
  | { readonly code: 'InvalidInput' | 'InvalidTemplate'; readonly message: string };

export type FireResult = {
  /** Durable when the promise of {@link Engine.fire} resolves. */
  readonly runs: readonly FiredRun[];
  readonly fired: boolean;
  readonly reason?: NotFiredReason;
};

export type AwaitedCallback = { readonly connection?: InvokedConnection; readonly target?: WatchTarget };

/** Starts, advances, cancels and schedules runs. */
export interface Engine {
  /** Takes over unfinished runs and begins to fire recurrences. */
  start(): Promise<void>;
  /** Fires a trigger. Rejects with `DefinitionError` when the flow cannot run and `EngineStoppedError` after {@link drain}. */
  fire(request: FireRequest): Promise<FireResult>;
  /**
   * Starts a run that begins with the results of another one and with what its trigger gave, and does some of its actions again. Rejects with `RerunRefusedError` when there is nothing to begin with.
   */
  rerun(request: RerunRequest): Promise<FireResult>;
  /** Stops a run; `false`: it is finished or unknown. Resolves when the wish is durable. */
  cancel(runId: string): Promise<boolean>;
  /** What an action waits to be called back for: by which connector, if it is one. `undefined`: it does not wait, or not for that. */
  awaitedCallback(place: RunPlace): Promise<AwaitedCallback | undefined>;
  /** Brings a signal to an action that waits. Resolves when it is durable; the run goes on soon, in whichever process. */
  signal(signal: RunSignal): Promise<SignalReceipt>;
  /** Takes no more work and resolves when what runs has come to rest, or after this time. */
  drain(timeoutMs: number): Promise<void>;
  /**
   * Puts a flow's triggers to work: recurrences on the schedule, events at APIs subscribed to or asked for. The same revision again changes
   * nothing; `renews` gives subscriptions back and subscribes anew, as when their addresses are good no more.
   */
  scheduleFlow(flow: FlowDefinition, options?: { readonly renews?: boolean }): Promise<void>;
  /** Ends that. `isGone`: the flow is deleted, so nothing is kept for its next start. */
  unscheduleFlow(flowId: string, options?: { readonly isGone?: boolean }): Promise<void>;
  /** Asks a watched API at once, also where it failed for good. `false`: there is no such watch. */
  checkWatch(watchId: string): Promise<boolean>;
  /** Resolves once a run of this process has ended; for tools and tests. */
  settled(runId: string): Promise<void>;
}
