import type {
  Clock,
  FlowDefinition,
  RunEntry,
  RunGate,
  RunParent,
  RunPlace,
  RunRecord,
  RunStore,
} from '../contract.ts';
import { DuplicateRunError } from '../failures.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import { Run } from '../run/run.ts';
import type { RunHost, RunRequest } from '../run/run-request.ts';
import { formatTimestamp } from '../run/timestamp.ts';
import type { Start } from '../triggers/evaluate-trigger.ts';
import type { Callers } from './callers.ts';
import type { FiredRun, FireRequest, FireResult } from './engine-contract.ts';
import { isKind } from './error-kind.ts';
import type { LoadedFlow } from './plan-cache.ts';
import { duplicateRun, gateOf, tooManyRuns } from './trigger-gate.ts';
import { headerTrackingId, triggerRecord } from './trigger-record.ts';

/** What starting runs needs of its engine. */
export type StarterHost = {
  readonly clock: Clock;
  readonly owner: string;
  readonly leaseMs: number;
  readonly callers: Callers;
  nextRunId(nowMs: number): string;
  /** Where the runs of a flow are recorded. */
  store(flow: FlowDefinition): RunStore;
  host(store: RunStore, flow: FlowDefinition): RunHost;
  /** Whether the runs of a flow are left to others to advance. */
  handsOver(flow: FlowDefinition): boolean;
  /** Tells the others of a run that is recorded. */
  handOver(runId: string, isAwaited: boolean): void;
  openCallbacks(loaded: LoadedFlow): Promise<((place: RunPlace) => string) | undefined>;
  /** Takes the run into memory, begins it and gives it its turns. */
  launch(run: Run, store: RunStore, begin: () => void): void;
  /** A gate may have let others in; somebody waits here for the answer of a run that it did not. */
  lookAtGate(store: RunStore, awaitedRunId?: string): void;
};

export type StartRequest = {
  readonly loaded: LoadedFlow;
  readonly trigger: TriggerPlan;
  readonly request: FireRequest;
  readonly start: Start;
  /** Which of several runs this is, where the trigger splits. */
  readonly splitIndex: number | undefined;
  /** Of a flow that an action calls. */
  readonly child?: { readonly runId: string; readonly parent: RunParent } | undefined;
};

export type StartResult =
  | { readonly kind: 'started'; readonly run: FiredRun }
  /** A run with its key exists. */
  | { readonly kind: 'duplicate' }
  /** As many runs as may be are running and waiting. */
  | { readonly kind: 'full' };

/** Starts runs. */
export class RunStarter {
  readonly #host: StarterHost;

  constructor(host: StarterHost) {
    this.#host = host;
  }

  /** Starts the runs that a trigger fires: all of them, or none because there is no place. */
  async startAll(fired: Omit<StartRequest, 'start' | 'splitIndex'>, starts: readonly Start[]): Promise<FireResult> {
    const { trigger, request } = fired;
    const isSplit = trigger.splitOn !== undefined && request.resubmits === undefined;
    const startOne = (start: Start, index: number): Promise<StartResult> =>
      this.#start({ ...fired, start, splitIndex: isSplit ? index : undefined });
    const [first] = starts;
    const results: StartResult[] = [];
    if (first !== undefined && (starts.length === 1 || trigger.concurrency !== undefined)) {
      // The first asks for a place for all of them.
      const result = await startOne(first, 0);
      if (result.kind === 'full') return { runs: [], fired: false, reason: tooManyRuns(trigger) };
      results.push(result);
    }
    if (results.length < starts.length) {
      const others = starts.slice(results.length);
      const later = others.map((start, index) => startOne(start, index + results.length));
      for (const result of await Promise.all(later)) results.push(result);
    }
    const runs = results.flatMap((result) => (result.kind === 'started' ? [result.run] : []));
    if (runs.length > 0) return { runs, fired: true };
    return { runs, fired: false, reason: duplicateRun(request) };
  }

  /** Resolves when the run is durable, or, where a caller waits for its answer, when it has begun. */
  async #start(starting: StartRequest): Promise<StartResult> {
    const { loaded, trigger, request, start, splitIndex, child } = starting;
    const { flow, plan, parameters } = loaded;
    const { clock, owner, leaseMs, callers } = this.#host;
    const nowMs = clock.nowMs();
    const runId = child?.runId ?? this.#host.nextRunId(nowMs);
    const callbackUrl = plan.hasWebhooks ? await this.#host.openCallbacks(loaded) : undefined;
    const response =
      request.wantsResponse === true && plan.hasResponse && splitIndex === undefined
        ? callers.await(runId, nowMs)
        : undefined;
    const gate = gateOf(flow, trigger, splitIndex);
    const isHandedOver = this.#host.handsOver(flow);
    const run = runRecord(starting, runId, nowMs, {
      ...(gate === undefined ? {} : { gate: gate.key }),
      // Whichever process advances it then.
      ...(response === undefined ? {} : { callerUntilMs: nowMs + callers.patienceMs }),
    });
    const uniqueKey = uniqueKeyOf(request, splitIndex);
    const entry: Beginning = {
      kind: 'run-started',
      run,
      owner,
      // Nobody's yet, and due at once, where others are to advance it.
      leaseUntilMs: isHandedOver ? 0 : nowMs + leaseMs,
      ...(uniqueKey === undefined ? {} : { uniqueKey }),
    };
    const store = this.#host.store(flow);
    const parts = {
      host: this.#host.host(store, flow),
      plan,
      flow,
      parameters,
      run,
      lease: { runId, epoch: 1 },
      triggerInputs: request.inputs ?? null,
      triggerOutputs: start.outputs,
      ...(callbackUrl === undefined ? {} : { callbackUrl }),
    };
    try {
      const isAwaited = response !== undefined;
      if (await this.#place({ parts, entry, gate, store, isHandedOver, isAwaited })) {
        const { clientTrackingId } = run;
        return { kind: 'started', run: { runId, clientTrackingId, ...(isAwaited ? { response } : {}) } };
      }
      callers.forget(runId);
      return { kind: 'full' };
    } catch (error) {
      callers.forget(runId);
      if (isKind(error, DuplicateRunError, 'DuplicateRun')) return { kind: 'duplicate' };
      throw error;
    }
  }

  /** Records the run, and advances it here where it is not left to others. `false`: there is no place for it. */
  async #place({ parts, entry, gate, store, isHandedOver, isAwaited }: Placing): Promise<boolean> {
    const { runId } = entry.run;
    if (gate !== undefined) {
      const admission = await store.admit(entry, gate);
      if (admission === 'full') return false;
      if (admission === 'waiting') this.#host.lookAtGate(store, isAwaited ? runId : undefined);
      else if (isHandedOver) this.#host.handOver(runId, isAwaited);
      else {
        const run = new Run(parts);
        this.#host.launch(run, store, () => run.resume());
      }
      return true;
    }
    if (isHandedOver) {
      await store.append(parts.lease, [entry]);
      this.#host.handOver(runId, isAwaited);
      return true;
    }
    const run = new Run(parts);
    this.#host.launch(run, store, () => run.begin(entry));
    // Who waits for the answer is told nothing before it, and the answer waits for the records.
    if (!isAwaited || entry.uniqueKey !== undefined) await run.started();
    return true;
  }
}

type Beginning = Extract<RunEntry, { readonly kind: 'run-started' }>;

type Placing = {
  readonly parts: RunRequest;
  readonly entry: Beginning;
  readonly gate: RunGate | undefined;
  readonly store: RunStore;
  /** Others are to advance it. */
  readonly isHandedOver: boolean;
  /** Somebody waits here for its answer. */
  readonly isAwaited: boolean;
};

function runRecord(
  { loaded: { flow }, trigger, request, start, child }: StartRequest,
  runId: string,
  nowMs: number,
  more: Pick<RunRecord, 'gate' | 'callerUntilMs'>,
): RunRecord {
  const startTime = formatTimestamp(nowMs);
  return {
    runId,
    flowId: flow.flowId,
    flowRevision: flow.revision,
    status: 'Running',
    startTime,
    trigger: triggerRecord(trigger, request, start.outputs, startTime),
    clientTrackingId: start.clientTrackingId ?? request.clientTrackingId ?? headerTrackingId(start.outputs) ?? runId,
    ...(child === undefined ? {} : { parent: child.parent }),
    ...(request.resubmits === undefined ? {} : { origin: { runId: request.resubmits } }),
    ...more,
  };
}

function uniqueKeyOf({ uniqueKey }: FireRequest, splitIndex: number | undefined): string | undefined {
  return uniqueKey === undefined || splitIndex === undefined ? uniqueKey : `${uniqueKey}/${splitIndex}`;
}
