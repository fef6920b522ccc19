import type { Clock, FlowDefinition, RunParent, RunPlace, RunRecord, RunStore } from '../contract.ts';
import { DuplicateRunError } from '../failures.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import { Run } from '../run/run.ts';
import type { RunHost } from '../run/run-request.ts';
import { formatTimestamp } from '../run/timestamp.ts';
import type { Start } from '../triggers/evaluate-trigger.ts';
import { type Callers, callerPatienceMs } from './callers.ts';
import type { FiredRun, FireRequest } from './engine-contract.ts';
import { isKind } from './error-kind.ts';
import type { LoadedFlow } from './plan-cache.ts';
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

/** Starts runs. */
export class RunStarter {
  readonly #host: StarterHost;

  constructor(host: StarterHost) {
    this.#host = host;
  }

  /** Resolves when the run is durable, or, where a caller waits for its answer, when it has begun. `undefined`: its key is taken. */
  async start({ loaded, trigger, request, start, splitIndex, child }: StartRequest): Promise<FiredRun | undefined> {
    const { flow, plan, parameters } = loaded;
    const { clock, owner, leaseMs, callers } = this.#host;
    const nowMs = clock.nowMs();
    const runId = child?.runId ?? this.#host.nextRunId(nowMs);
    const callbackUrl = plan.hasWebhooks ? await this.#host.openCallbacks(loaded) : undefined;
    const response =
      request.wantsResponse === true && plan.hasResponse && splitIndex === undefined
        ? callers.await(runId, nowMs)
        : undefined;
    const store = this.#host.store(flow);
    const record: RunRecord = {
      ...runRecord(runId, flow, trigger, request, start, nowMs),
      ...(child === undefined ? {} : { parent: child.parent }),
    };
    const uniqueKey = uniqueKeyOf(request, splitIndex);
    if (this.#host.handsOver(flow)) {
      const isRecorded = await this.#record(
        flow,
        response === undefined ? record : { ...record, callerUntilMs: nowMs + callerPatienceMs },
        uniqueKey,
      );
      if (!isRecorded) return undefined;
      this.#host.handOver(runId, response !== undefined);
      return { runId, ...(response === undefined ? {} : { response }) };
    }
    const run = new Run({
      host: this.#host.host(store, flow),
      plan,
      flow,
      parameters,
      run: record,
      lease: { runId, epoch: 1 },
      triggerInputs: request.inputs ?? null,
      triggerOutputs: start.outputs,
      ...(callbackUrl === undefined ? {} : { callbackUrl }),
    });
    this.#host.launch(run, store, () =>
      run.begin({ owner, leaseUntilMs: nowMs + leaseMs, ...(uniqueKey === undefined ? {} : { uniqueKey }) }),
    );
    // Who waits for the answer is told nothing before it, and the answer waits for the records.
    if (response !== undefined && uniqueKey === undefined) return { runId, response };
    try {
      await run.started();
    } catch (error) {
      callers.forget(runId);
      if (isKind(error, DuplicateRunError, 'DuplicateRun')) return undefined;
      throw error;
    }
    return { runId, ...(response === undefined ? {} : { response }) };
  }

  /** Nobody's yet, and due at once. `false`: its key is taken. */
  async #record(flow: FlowDefinition, run: RunRecord, uniqueKey: string | undefined): Promise<boolean> {
    const { owner, callers } = this.#host;
    const started = { kind: 'run-started', run, owner, leaseUntilMs: 0 } as const;
    try {
      await this.#host
        .store(flow)
        .append({ runId: run.runId, epoch: 1 }, [uniqueKey === undefined ? started : { ...started, uniqueKey }]);
      return true;
    } catch (error) {
      callers.forget(run.runId);
      if (isKind(error, DuplicateRunError, 'DuplicateRun')) return false;
      throw error;
    }
  }
}

function runRecord(
  runId: string,
  flow: FlowDefinition,
  trigger: TriggerPlan,
  request: FireRequest,
  start: Start,
  nowMs: number,
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
  };
}

function uniqueKeyOf({ uniqueKey }: FireRequest, splitIndex: number | undefined): string | undefined {
  return uniqueKey === undefined || splitIndex === undefined ? uniqueKey : `${uniqueKey}/${splitIndex}`;
}
