import { parseJson, stringify, type Value } from '@patchbay/expression';
import type { FlowDefinition, Lease, RunRecord, RunStore, Status, Timestamp, TriggerRecord } from '../contract.ts';
import { DefinitionError, DuplicateRunError, EngineStoppedError, FencedError } from '../failures.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import type { ActionPlan, Plan, StaticResult, TriggerPlan } from '../plan/plan.ts';
import { readRecurrence } from '../recurrence/recurrence.ts';
import { openFrame } from '../run/activity.ts';
import { findConnection } from '../run/find-connection.ts';
import { Run } from '../run/run.ts';
import type { RunHost, RunRest } from '../run/run-request.ts';
import { RunScope } from '../run/run-scope.ts';
import { formatTimestamp } from '../run/timestamp.ts';
import { isRecord, valueMember } from '../run/value-types.ts';
import { Variables } from '../run/variables.ts';
import { evaluateTrigger, type Start } from '../triggers/evaluate-trigger.ts';
import type { WatchHost } from '../watches/watch-host.ts';
import { WatchKeeper } from '../watches/watch-keeper.ts';
import type {
  Engine,
  EngineLogger,
  EngineOptions,
  FiredRun,
  FireRequest,
  FireResult,
  IdSource,
  ResponseMessage,
} from './engine-contract.ts';
import { createIds } from './ids.ts';
import { type LoadedFlow, PlanCache } from './plan-cache.ts';
import { Pump } from './pump.ts';
import { RecurrenceTimer } from './recurrence-timer.ts';
import { createRunIds } from './run-id.ts';

const defaultLeaseMs = 30_000;
/** How long a caller may wait for a Response action (the platform's limit for synchronous calls). */
const callerPatienceMs = 120_000;

/** Creates an engine over its ports. It does nothing by itself until {@link Engine.start}; {@link Engine.fire} works before it. */
export function createEngine(options: EngineOptions): Engine {
  return new WorkflowEngine(options);
}

/** What only this package's own tools may set. */
export type EngineTools = { readonly staticResult?: (action: ActionPlan) => StaticResult | undefined };

type Active = { readonly run: Run; readonly store: RunStore; readonly rest: PromiseWithResolvers<RunRest> };
type Waiter = { readonly deliver: (message: ResponseMessage) => void; readonly untilMs: number };

const silent: EngineLogger = { warn: () => undefined, error: () => undefined };

export class WorkflowEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #tools: EngineTools;
  readonly #ids: IdSource;
  readonly #logger: EngineLogger;
  readonly #leaseMs: number;
  readonly #plans: PlanCache;
  readonly #statelessStore: RunStore;
  readonly #runIds: (nowMs: number) => string;
  readonly #pump = new Pump();
  readonly #active = new Map<string, Active>();
  readonly #waiters = new Map<string, Waiter>();
  readonly #recurrences: RecurrenceTimer;
  readonly #watches: WatchKeeper | undefined;
  #renewal: (() => void) | undefined;
  #isStopping = false;
  #onIdle: (() => void) | undefined;

  constructor(options: EngineOptions, tools: EngineTools = {}) {
    this.#options = options;
    this.#tools = tools;
    this.#ids = options.ids ?? createIds();
    this.#logger = options.logger ?? silent;
    this.#leaseMs = options.leaseMs ?? defaultLeaseMs;
    this.#plans = new PlanCache(options.flows);
    this.#statelessStore = createMemoryRunStore(options.clock, { keepsFinished: false });
    this.#runIds = createRunIds(() => this.#ids.random());
    this.#recurrences = new RecurrenceTimer({
      clock: options.clock,
      schedules: options.schedules,
      load: (flowId, revision) => this.#plans.load(flowId, revision),
      compile: (flow) => this.#plans.compile(flow),
      read: (loaded, trigger) => this.#readRecurrence(loaded, trigger),
      fire: async (loaded, trigger, fireMs, uniqueKey) => {
        const scheduledTime = formatTimestamp(fireMs);
        await this.fire({ flow: loaded.flow, trigger, outputs: {}, scheduledTime, uniqueKey });
      },
      report: (error, { flowId, trigger }) =>
        this.#logger.error({ err: error, flowId, trigger }, 'a recurrence could not fire'),
    });
    this.#watches = options.watching && new WatchKeeper(this.#watchHost(options.watching));
  }

  async start(): Promise<void> {
    await this.#options.dispatcher.start((runId) => this.#advance(runId));
    await this.#recurrences.start();
    await this.#watches?.start();
  }

  async fire(request: FireRequest): Promise<FireResult> {
    if (this.#isStopping) throw new EngineStoppedError();
    const loaded = await this.#load(request.flow);
    const trigger = findTrigger(loaded, request.trigger);
    const result = evaluateTrigger(trigger, request.outputs, (outputs) =>
      this.#triggerScope(loaded, trigger, request, outputs),
    );
    if (result.kind === 'not-fired') return { runs: [], fired: false, reason: result.reason };
    const isSplit = trigger.splitOn !== undefined;
    const runs = await Promise.all(
      result.starts.map((start, index) => this.#startRun(loaded, trigger, request, start, isSplit ? index : undefined)),
    );
    const started = runs.filter((run) => run !== undefined);
    if (started.length > 0) return { runs: started, fired: true };
    const message = `A run with the key '${request.uniqueKey ?? ''}' exists already.`;
    return { runs: [], fired: false, reason: { code: 'Duplicate', message } };
  }

  async cancel(runId: string): Promise<boolean> {
    const active = this.#active.get(runId);
    const accepted = await (active?.store ?? this.#options.store).requestCancel(runId);
    if (!accepted) return false;
    if (active === undefined) this.#options.dispatcher.wake(runId);
    else {
      active.run.cancel();
      const rest = await active.rest.promise;
      if (rest.kind !== 'finished') this.#options.dispatcher.wake(runId);
    }
    return true;
  }

  async drain(timeoutMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#recurrences.stop();
    await this.#watches?.stop();
    const { clock, dispatcher } = this.#options;
    const stopped = dispatcher.stop(timeoutMs);
    if (this.#active.size > 0) {
      await new Promise<void>((resolve) => {
        const cancel = clock.at(clock.nowMs() + timeoutMs, resolve);
        this.#onIdle = () => {
          cancel();
          resolve();
        };
      });
    }
    // What still runs is handed over: it is due at once, for whoever looks next.
    const released = [...this.#active.values()].map(({ run, rest }) => {
      run.release();
      return rest.promise;
    });
    await Promise.all([stopped, ...released]);
    this.#renewal?.();
    this.#renewal = undefined;
    for (const { deliver } of this.#waiters.values()) deliver(noResponse('the engine has stopped'));
    this.#waiters.clear();
  }

  async scheduleFlow(flow: FlowDefinition, options: { readonly renews?: boolean } = {}): Promise<void> {
    await this.#recurrences.put(flow);
    await this.#watches?.put(flow, options);
  }

  async unscheduleFlow(flowId: string, { isGone = false }: { readonly isGone?: boolean } = {}): Promise<void> {
    await this.#recurrences.remove(flowId);
    await this.#watches?.remove(flowId, { isGone });
  }

  async checkWatch(watchId: string): Promise<boolean> {
    return (await this.#watches?.hasten(watchId)) ?? false;
  }

  async settled(runId: string): Promise<void> {
    await this.#active.get(runId)?.rest.promise;
  }

  async #load(flow: FireRequest['flow']): Promise<LoadedFlow> {
    if ('definition' in flow) return this.#plans.compile(flow);
    const loaded = await this.#plans.load(flow.flowId, flow.revision);
    if (loaded !== undefined) return loaded;
    throw new DefinitionError(`flow ${flow.flowId}`, [
      { code: 'definition-invalid', message: `revision ${flow.revision} is not known`, pointer: '' },
    ]);
  }

  async #startRun(
    loaded: LoadedFlow,
    trigger: TriggerPlan,
    request: FireRequest,
    start: Start,
    splitIndex: number | undefined,
  ): Promise<FiredRun | undefined> {
    const { flow, plan, parameters } = loaded;
    const nowMs = this.#options.clock.nowMs();
    const runId = this.#runIds(nowMs);
    const inputs = request.inputs ?? null;
    const startTime = formatTimestamp(nowMs);
    const run: RunRecord = {
      runId,
      flowId: flow.flowId,
      flowRevision: flow.revision,
      status: 'Running',
      startTime,
      trigger: triggerRecord(trigger, request, start.outputs, startTime),
      clientTrackingId: start.clientTrackingId ?? request.clientTrackingId ?? headerTrackingId(start.outputs) ?? runId,
    };
    const response =
      request.wantsResponse === true && plan.hasResponse && splitIndex === undefined
        ? this.#awaitResponse(runId, nowMs)
        : undefined;
    const lease: Lease = { runId, epoch: 1 };
    const store = flow.stateless ? this.#statelessStore : this.#options.store;
    const instance = new Run({
      host: this.#host(store, flow.stateless),
      plan,
      flow,
      parameters,
      run,
      lease,
      triggerInputs: inputs,
      triggerOutputs: start.outputs,
    });
    const uniqueKey =
      request.uniqueKey === undefined || splitIndex === undefined
        ? request.uniqueKey
        : `${request.uniqueKey}/${splitIndex}`;
    const { owner } = this.#ids;
    const leaseUntilMs = nowMs + this.#leaseMs;
    this.#hold(instance, store);
    instance.begin({ owner, leaseUntilMs, ...(uniqueKey === undefined ? {} : { uniqueKey }) });
    this.#pump.schedule(instance);
    // Who waits for the answer is told nothing before it, and the answer waits for the records.
    if (response !== undefined && uniqueKey === undefined) return { runId, response };
    try {
      await instance.started();
    } catch (error) {
      this.#waiters.delete(runId);
      if (isKind(error, DuplicateRunError, 'DuplicateRun')) return undefined;
      throw error;
    }
    return { runId, ...(response === undefined ? {} : { response }) };
  }

  #awaitResponse(runId: string, nowMs: number): Promise<ResponseMessage> {
    return new Promise((deliver) => this.#waiters.set(runId, { deliver, untilMs: nowMs + callerPatienceMs }));
  }

  #hold(run: Run, store: RunStore): Active {
    const active = { run, store, rest: Promise.withResolvers<RunRest>() };
    this.#active.set(run.runId, active);
    this.#renewLater();
    return active;
  }

  /** Takes over what a process (this one, before) left, and goes on with it until it rests again. */
  async #advance(runId: string): Promise<void> {
    const known = this.#active.get(runId);
    if (known !== undefined) {
      await known.rest.promise;
      return;
    }
    if (this.#isStopping) return;
    const { store, clock } = this.#options;
    const claimed = await store.claim(runId, this.#ids.owner, clock.nowMs() + this.#leaseMs);
    if (claimed === undefined) return;
    const { run, lease, actions, cancelRequested } = claimed;
    let loaded: LoadedFlow | undefined;
    try {
      loaded = await this.#plans.load(run.flowId, run.flowRevision);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      this.#logger.error({ err: error, runId }, 'a run cannot go on');
    }
    if (loaded === undefined) {
      await this.#failLost(lease, run);
      return;
    }
    const instance = new Run({
      host: this.#host(store, false),
      plan: loaded.plan,
      flow: loaded.flow,
      parameters: loaded.parameters,
      run,
      lease,
      triggerInputs: parseText(run.trigger.inputs),
      triggerOutputs: parseText(run.trigger.outputs),
      resumed: actions,
    });
    const active = this.#hold(instance, store);
    instance.resume();
    if (cancelRequested) instance.cancel();
    this.#pump.schedule(instance);
    await active.rest.promise;
  }

  /** The flow's revision is gone or can no longer run: the run says so instead of being tried for ever. */
  async #failLost(lease: Lease, run: RunRecord): Promise<void> {
    const code = 'WorkflowVersionNotFound';
    const message = `Revision ${run.flowRevision} of flow ${run.flowId} cannot be loaded.`;
    const endTime = formatTimestamp(this.#options.clock.nowMs());
    const { store } = this.#options;
    await store.append(lease, [
      { kind: 'run-finished', runId: run.runId, status: 'Failed', code, error: { code, message }, endTime },
    ]);
  }

  #host(store: RunStore, isStateless: boolean): RunHost {
    const { clock, invoker, appSettings } = this.#options;
    return {
      store,
      clock,
      invoker,
      ids: this.#ids,
      logger: this.#logger,
      appSettings: appSettings ?? {},
      ...(this.#tools.staticResult === undefined ? {} : { staticResult: this.#tools.staticResult }),
      schedule: (run) => this.#pump.schedule(run),
      awaitsResponse: (runId) => this.#waiters.has(runId),
      onResponse: (runId, message) => this.#respond(runId, message),
      staysInMemory: (runId, wakeAtMs) =>
        isStateless || wakeAtMs <= (this.#waiters.get(runId)?.untilMs ?? Number.NEGATIVE_INFINITY),
      onRest: (runId, rest) => this.#onRest(runId, rest),
    };
  }

  #respond(runId: string, message: ResponseMessage): void {
    this.#waiters.get(runId)?.deliver(message);
    this.#waiters.delete(runId);
  }

  #onRest(runId: string, rest: RunRest): void {
    const active = this.#active.get(runId);
    this.#active.delete(runId);
    switch (rest.kind) {
      case 'finished':
        this.#respond(runId, noResponse('the run ended without a Response action'));
        break;
      case 'sleeping':
        if (rest.wakeAtMs > (this.#waiters.get(runId)?.untilMs ?? 0)) {
          this.#respond(runId, noResponse('the run waits for longer than a caller may'));
        }
        if (!this.#isStopping) this.#options.dispatcher.wakeAt(runId, rest.wakeAtMs);
        break;
      case 'halted':
        this.#respond(runId, noResponse('the run could not go on'));
        this.#reportHalt(runId, rest.error);
        break;
    }
    active?.rest.resolve(rest);
    if (this.#active.size === 0) {
      this.#renewal?.();
      this.#renewal = undefined;
      this.#onIdle?.();
    }
  }

  #reportHalt(runId: string, error: unknown): void {
    if (isKind(error, DuplicateRunError, 'DuplicateRun')) return;
    if (isKind(error, FencedError, 'Fenced')) this.#logger.warn({ runId }, 'another process owns the run');
    else this.#logger.error({ err: error, runId }, 'the records of a run could not be written');
  }

  /** While runs are in hand, says so well before their leases end. */
  #renewLater(): void {
    if (this.#renewal !== undefined) return;
    const { clock, store } = this.#options;
    this.#renewal = clock.at(clock.nowMs() + this.#leaseMs / 3, () => {
      this.#renewal = undefined;
      if (this.#active.size === 0) return;
      this.#renewLater();
      store
        .renew(this.#ids.owner, clock.nowMs() + this.#leaseMs)
        .catch((error: unknown) => this.#logger.error({ err: error }, 'leases could not be renewed'));
    });
  }

  #watchHost(watching: NonNullable<EngineOptions['watching']>): Omit<WatchHost, 'stopping'> {
    return {
      ...watching,
      clock: this.#options.clock,
      logger: this.#logger,
      guid: () => this.#ids.guid(),
      load: (flowId, revision) => this.#plans.load(flowId, revision),
      compile: (flow) => this.#plans.compile(flow),
      sight: (loaded, trigger, callbackUrl) => ({
        scope: this.#triggerScope(loaded, trigger, requestOf(loaded, trigger), {}, callbackUrl),
        connection: (reference) => findConnection(loaded.flow, reference),
      }),
      recurrence: (loaded, trigger) => {
        if (trigger.watch?.kind !== 'poll') return undefined;
        const scope = this.#triggerScope(loaded, trigger, requestOf(loaded, trigger), {});
        return readRecurrence(trigger.watch.recurrence(scope));
      },
      fire: async ({ flow }, trigger, outputs, uniqueKey) => {
        await this.fire({ flow, trigger, outputs, uniqueKey });
      },
    };
  }

  #readRecurrence(loaded: LoadedFlow, name: string): ReturnType<typeof readRecurrence> | undefined {
    const trigger = loaded.plan.triggers.find((candidate) => candidate.name === name);
    if (trigger?.recurrence === undefined) return undefined;
    return readRecurrence(trigger.recurrence(this.#triggerScope(loaded, trigger, requestOf(loaded, trigger), {})));
  }

  #triggerScope(
    loaded: LoadedFlow,
    trigger: TriggerPlan,
    request: FireRequest,
    outputs: Value,
    callbackUrl?: string,
  ): RunScope {
    const { plan, flow, parameters } = loaded;
    const now = formatTimestamp(this.#options.clock.nowMs());
    const block = plan.blocks[0];
    if (block === undefined) throw new TypeError('a plan has at least its own block');
    const frame = openFrame(block, undefined, undefined, { iteration: '', index: 0, item: null });
    const run: RunRecord = {
      runId: '',
      flowId: flow.flowId,
      flowRevision: flow.revision,
      status: 'Running',
      startTime: now,
      trigger: triggerRecord(trigger, request, null, now),
      clientTrackingId: request.clientTrackingId ?? '',
    };
    const scope = new RunScope(
      {
        plan,
        run,
        displayName: flow.displayName,
        environmentId: flow.environmentId,
        parameters,
        variables: new Variables(),
        appSettings: this.#options.appSettings ?? {},
        triggerInputs: request.inputs ?? null,
        triggerOutputs: outputs,
        random: () => this.#ids.random(),
        guid: () => this.#ids.guid(),
        ...(callbackUrl === undefined ? {} : { callbackUrl }),
      },
      frame,
    );
    scope.moveTo(frame, undefined, this.#options.clock.nowMs());
    return scope;
  }
}

function requestOf({ flow }: LoadedFlow, { name }: TriggerPlan): FireRequest {
  return { flow, trigger: name, outputs: {} };
}

function findTrigger(
  { flow, plan }: { readonly flow: FlowDefinition; readonly plan: Plan },
  name: string,
): TriggerPlan {
  const lowerName = name.toLowerCase();
  const trigger = plan.triggers.find((candidate) => candidate.name.toLowerCase() === lowerName);
  if (trigger !== undefined) return trigger;
  throw new DefinitionError(`flow "${flow.displayName}"`, [
    { code: 'trigger-invalid', message: `it has no trigger named "${name}"`, pointer: '/triggers' },
  ]);
}

function triggerRecord(trigger: TriggerPlan, request: FireRequest, outputs: Value, now: Timestamp): TriggerRecord {
  const status: Status = 'Succeeded';
  return {
    name: trigger.name,
    status,
    code: 'OK',
    ...(request.inputs === undefined ? {} : { inputs: stringify(request.inputs) }),
    ...(outputs === null ? {} : { outputs: stringify(outputs) }),
    startTime: now,
    endTime: now,
    ...(request.scheduledTime === undefined ? {} : { scheduledTime: request.scheduledTime }),
  };
}

function headerTrackingId(outputs: Value): string | undefined {
  const headers = valueMember(outputs, 'headers');
  if (!isRecord(headers)) return undefined;
  const name = Object.keys(headers).find((key) => key.toLowerCase() === 'x-ms-client-tracking-id');
  const value = name === undefined ? undefined : headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parseText(text: string | undefined): Value {
  return text === undefined ? null : parseJson(text);
}

function noResponse(why: string): ResponseMessage {
  return { kind: 'no-response', code: 'NoResponse', message: `The server did not receive a response: ${why}.` };
}

/** A store may be loaded from another copy of this module: the code decides as well as the class. */
function isKind(error: unknown, kind: new (text: string) => Error, code: string): boolean {
  return error instanceof kind || (error instanceof Error && (error as { readonly code?: unknown }).code === code);
}
