import type { Value } from '@patchbay/expression';
import type { Transformer } from '@patchbay/transform';
import type {
  ArtifactSource,
  Clock,
  CodeRunner,
  FlowDefinition,
  Invoker,
  Lease,
  RunPlace,
  RunRecord,
  RunSignal,
  RunStore,
} from '../contract.ts';
import type { EngineLogger, IdSource, ResponseMessage } from '../engine/engine-contract.ts';
import type { ActionPlan, Plan, StaticResult } from '../plan/plan.ts';
import type { BatchPost } from './batch-sends.ts';
import type { ChildFlows } from './child-flows.ts';
import type { Past } from './past.ts';
import type { Run } from './run.ts';

/** How a run left memory. */
export type RunRest =
  | { readonly kind: 'finished' }
  | { readonly kind: 'sleeping'; readonly wakeAtMs: number }
  /** The store refused: another process owns the run, or it cannot write. */
  | { readonly kind: 'halted'; readonly error: unknown };

/** What a run needs of the engine that advances it. */
export interface RunHost {
  readonly store: RunStore;
  readonly clock: Clock;
  /** How long a commit is taken to say that the run is still this process's: well below the time of a lease. */
  readonly confirmedMs: number;
  /** Whether leases that this process had at a time have been renewed in time ever since. */
  isHeldSince(ms: number): boolean;
  /** So many records are appended without waiting for the run to pause. */
  readonly recordsAtATime: number;
  readonly invoker: Invoker;
  readonly ids: IdSource;
  readonly logger: EngineLogger;
  readonly appSettings: { readonly [name: string]: string };
  readonly artifacts: ArtifactSource | undefined;
  readonly codeRunner: CodeRunner | undefined;
  readonly transformer: Transformer;
  readonly children: ChildFlows;
  readonly batches: BatchPost;
  /** Whether webhook actions can be called back. */
  readonly isCallable: boolean;
  /** A result that stands in for executing an action, when there is one. */
  readonly staticResult?: (action: ActionPlan) => StaticResult | undefined;
  /** Advance this run soon. */
  schedule(run: Run): void;
  awaitsResponse(runId: string): boolean;
  /** Somebody waited for the run's answer, and has gone by now. */
  isTooLate(runId: string): boolean;
  /** Until when somebody in this process waits for the run's answer. */
  awaitedUntilMs(runId: string): number | undefined;
  /** No other process takes signals to the run. */
  readonly isAlone: boolean;
  /** Looks in the store for signals to the run. */
  fetchSignals(runId: string): void;
  /** A signal that the run sent to another is durable. */
  onSent(signal: RunSignal): void;
  onResponse(runId: string, message: ResponseMessage): void;
  /** Whether a run that has nothing to do until a time waits for it in memory. */
  staysInMemory(runId: string, wakeAtMs: number): boolean;
  onRest(runId: string, rest: RunRest): void;
}

export type RunRequest = {
  readonly host: RunHost;
  readonly plan: Plan;
  readonly flow: FlowDefinition;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly run: RunRecord;
  readonly lease: Lease;
  readonly triggerInputs: Value;
  readonly triggerOutputs: Value;
  /** Of a run that is taken over. */
  readonly past?: Past;
  /** Signals to it that have not been consumed. */
  readonly signals?: readonly RunSignal[];
  /** Makes the addresses of its webhook actions; absent where nobody can call. */
  readonly callbackUrl?: (place: RunPlace) => string;
};
