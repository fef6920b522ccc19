import { parseJson, type Value } from '@patchbay/expression';
import { createTransformer, type Transformer } from '@patchbay/transform';
import type { FlowDefinition, Lease, Notice, RunRecord, RunStore } from '../contract.ts';
import { DefinitionError, DuplicateRunError, EngineStoppedError, FencedError } from '../failures.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import type { ActionPlan, StaticResult } from '../plan/plan.ts';
import { readRecurrence } from '../recurrence/recurrence.ts';
import { readTiming } from '../recurrence/timing.ts';
import { findConnection } from '../run/find-connection.ts';
import { Run } from '../run/run.ts';
import type { RunHost, RunRest } from '../run/run-request.ts';
import { formatTimestamp } from '../run/timestamp.ts';
import { evaluateTrigger, startOnce } from '../triggers/evaluate-trigger.ts';
import type { WatchHost } from '../watches/watch-host.ts';
import { WatchKeeper } from '../watches/watch-keeper.ts';
import { ActiveRuns } from './active-runs.ts';
import { Callers } from './callers.ts';
import { clockRequest } from './clock-request.ts';
import { DistantCallers } from './distant-callers.ts';
import type { Engine, EngineLogger, EngineOptions, FireRequest, FireResult, IdSource } from './engine-contract.ts';
import { isKind } from './error-kind.ts';
import { createIds } from './ids.ts';
import { type LoadedFlow, PlanCache } from './plan-cache.ts';
import { Pump } from './pump.ts';
import { RecurrenceTimer } from './recurrence-timer.ts';
import { createRunIds } from './run-id.ts';
import { RunStarter } from './run-starter.ts';
import { findTrigger } from './trigger-record.ts';
import { TriggerScopes } from './trigger-scopes.ts';

const defaultLeaseMs = 30_000;

/** Creates an engine over its ports. It does nothing by itself until {@link Engine.start}; {@link Engine.fire} works before it. */
export function createEngine(options: EngineOptions): Engine {
  return new WorkflowEngine(options);
}

/** What only this package's own tools may set. */
export type EngineTools = { readonly staticResult?: (action: ActionPlan) => StaticResult | undefined };

const silent: EngineLogger = { warn: () => undefined, error: () => undefined };

export class WorkflowEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #tools: EngineTools;
  readonly #ids: IdSource;
  readonly #logger: EngineLogger;
  readonly #leaseMs: number;
  readonly #plans: PlanCache;
  readonly #statelessStore: RunStore;
  readonly #pump = new Pump();
  readonly #callers = new Callers();
  readonly #active: ActiveRuns;
  readonly #scopes: TriggerScopes;
  readonly #starter: RunStarter;
  readonly #recurrences: RecurrenceTimer;
  readonly #watches: WatchKeeper | undefined;
  readonly #distant: DistantCallers;
  readonly #advancesRuns: boolean;
  readonly #transformer: Transformer;
  #unsubscribe: (() => void) | undefined;
  #isStopping = false;

  constructor(options: EngineOptions, tools: EngineTools = {}) {
    const { clock, store } = options;
    this.#options = options;
    this.#tools = tools;
    this.#ids = options.ids ?? createIds();
    this.#logger = options.logger ?? silent;
    this.#leaseMs = options.leaseMs ?? defaultLeaseMs;
    this.#advancesRuns = options.advancesRuns ?? true;
    this.#transformer = options.transformer ?? createTransformer();
    this.#plans = new PlanCache(options.flows);
    this.#statelessStore = createMemoryRunStore(clock, { keepsFinished: false });
    this.#scopes = new TriggerScopes(clock, this.#ids, options.appSettings ?? {});
    this.#active = new ActiveRuns({
      clock,
      store,
      owner: this.#ids.owner,
      leaseMs: this.#leaseMs,
      logger: this.#logger,
      isShared: options.notices !== undefined,
    });
    this.#distant = new DistantCallers({ clock, store, callers: this.#callers, logger: this.#logger });
    this.#starter = new RunStarter({
      clock,
      owner: this.#ids.owner,
      leaseMs: this.#leaseMs,
      callers: this.#callers,
      nextRunId: createRunIds(() => this.#ids.random()),
      store: ({ stateless }) => (stateless ? this.#statelessStore : store),
      host: (runStore, { stateless }) => this.#host(runStore, stateless),
      handsOver: ({ stateless }) => !this.#advancesRuns && !stateless,
      handOver: (runId, isAwaited) => {
        if (isAwaited) this.#distant.watch(runId);
        options.dispatcher.wake(runId);
      },
      launch: (run, runStore, begin) => {
        this.#active.hold(run, runStore);
        begin();
        this.#pump.schedule(run);
      },
    });
    this.#recurrences = this.#createRecurrences();
    this.#watches = options.watching && new WatchKeeper(this.#watchHost(options.watching));
  }

  async start(): Promise<void> {
    this.#unsubscribe = this.#options.notices?.subscribe((notice) => this.#hear(notice));
    await this.#options.dispatcher.start(this.#advancesRuns ? (runId) => this.#advance(runId) : undefined);
    if (!this.#advancesRuns) return;
    await this.#recurrences.start();
    await this.#watches?.start();
  }

  async fire(request: FireRequest): Promise<FireResult> {
    if (this.#isStopping) throw new EngineStoppedError();
    const loaded = await this.#load(request.flow);
    const trigger = findTrigger(loaded, request.trigger);
    const result =
      request.isResubmitted === true
        ? startOnce(request.outputs)
        : evaluateTrigger(trigger, request.outputs, (outputs) => this.#scopes.fired(loaded, trigger, request, outputs));
    if (result.kind === 'not-fired') return { runs: [], fired: false, reason: result.reason };
    const isSplit = trigger.splitOn !== undefined && request.isResubmitted !== true;
    const runs = await Promise.all(
      result.starts.map((start, index) =>
        this.#starter.start({ loaded, trigger, request, start, splitIndex: isSplit ? index : undefined }),
      ),
    );
    const started = runs.filter((run) => run !== undefined);
    if (started.length > 0) return { runs: started, fired: true };
    const message = `A run with the key '${request.uniqueKey ?? ''}' exists already.`;
    return { runs: [], fired: false, reason: { code: 'Duplicate', message } };
  }

  async cancel(runId: string): Promise<boolean> {
    const active = this.#active.find(runId);
    const accepted = await (active?.store ?? this.#options.store).requestCancel(runId);
    if (!accepted) return false;
    if (active === undefined) {
      this.#options.dispatcher.wake(runId);
      this.#options.notices?.publish({ kind: 'run', runId });
    } else {
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
    await Promise.all([this.#options.dispatcher.stop(timeoutMs), this.#active.drain(timeoutMs)]);
    this.#unsubscribe?.();
    this.#distant.stop();
    this.#callers.disappointAll('the engine has stopped');
    if (this.#options.transformer === undefined) await this.#transformer.close();
  }

  async scheduleFlow(flow: FlowDefinition, options: { readonly renews?: boolean } = {}): Promise<void> {
    await this.#recurrences.put(flow);
    await this.#watches?.put(flow, options);
    this.#options.notices?.publish({ kind: 'triggers' });
  }

  async unscheduleFlow(flowId: string, { isGone = false }: { readonly isGone?: boolean } = {}): Promise<void> {
    await this.#recurrences.remove(flowId, { isGone });
    await this.#watches?.remove(flowId, { isGone });
    this.#options.notices?.publish({ kind: 'triggers' });
  }

  async checkWatch(watchId: string): Promise<boolean> {
    const isThere = (await this.#watches?.hasten(watchId)) ?? false;
    if (isThere) this.#options.notices?.publish({ kind: 'triggers' });
    return isThere;
  }

  async settled(runId: string): Promise<void> {
    await this.#active.find(runId)?.rest.promise;
  }

  async #load(flow: FireRequest['flow']): Promise<LoadedFlow> {
    if ('definition' in flow) return this.#plans.compile(flow);
    const loaded = await this.#plans.load(flow.flowId, flow.revision);
    if (loaded !== undefined) return loaded;
    throw new DefinitionError(`flow ${flow.flowId}`, [
      { code: 'definition-invalid', message: `revision ${flow.revision} is not known`, pointer: '' },
    ]);
  }

  #hear(notice: Notice): void {
    switch (notice.kind) {
      case 'run':
        this.#distant.hear(notice.runId);
        if (this.#active.find(notice.runId) !== undefined) this.#active.stopAsked();
        return;
      case 'triggers':
        this.#recurrences.look();
        this.#watches?.look();
        return;
      case 'due':
        return;
    }
  }

  /** Takes over what a process (this one, before) left, and goes on with it until it rests again. */
  async #advance(runId: string): Promise<void> {
    const known = this.#active.find(runId);
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
      host: this.#host(store, false, run.callerUntilMs),
      plan: loaded.plan,
      flow: loaded.flow,
      parameters: loaded.parameters,
      run,
      lease,
      triggerInputs: parseText(run.trigger.inputs),
      triggerOutputs: parseText(run.trigger.outputs),
      resumed: actions,
    });
    const active = this.#active.hold(instance, store);
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

  /** `callerUntilMs`: until when somebody waits in another process. */
  #host(store: RunStore, isStateless: boolean, callerUntilMs = 0): RunHost {
    const { clock, invoker, appSettings } = this.#options;
    const isAwaitedElsewhere = (): boolean => callerUntilMs > clock.nowMs();
    const tellCaller = (runId: string): void => {
      if (isAwaitedElsewhere()) this.#options.notices?.publish({ kind: 'run', runId });
    };
    return {
      store,
      clock,
      invoker,
      ids: this.#ids,
      logger: this.#logger,
      appSettings: appSettings ?? {},
      artifacts: this.#options.artifacts,
      codeRunner: this.#options.codeRunner,
      transformer: this.#transformer,
      ...(this.#tools.staticResult === undefined ? {} : { staticResult: this.#tools.staticResult }),
      schedule: (run) => this.#pump.schedule(run),
      awaitsResponse: (runId) => this.#callers.awaits(runId) || isAwaitedElsewhere(),
      onResponse: (runId, message) => {
        this.#callers.answer(runId, message);
        tellCaller(runId);
      },
      staysInMemory: (runId, wakeAtMs) =>
        isStateless || wakeAtMs <= (this.#callers.untilMs(runId) ?? Number.NEGATIVE_INFINITY),
      onRest: (runId, rest) => {
        this.#onRest(runId, rest);
        if (rest.kind === 'finished') tellCaller(runId);
      },
    };
  }

  #onRest(runId: string, rest: RunRest): void {
    switch (rest.kind) {
      case 'finished':
        this.#callers.disappoint(runId, 'the run ended without a Response action');
        break;
      case 'sleeping':
        if (rest.wakeAtMs > (this.#callers.untilMs(runId) ?? 0)) {
          this.#callers.disappoint(runId, 'the run waits for longer than a caller may');
        }
        if (!this.#isStopping) this.#options.dispatcher.wakeAt(runId, rest.wakeAtMs);
        break;
      case 'halted':
        this.#callers.disappoint(runId, 'the run could not go on');
        this.#reportHalt(runId, rest.error);
        break;
    }
    this.#active.forget(runId, rest);
  }

  #reportHalt(runId: string, error: unknown): void {
    if (isKind(error, DuplicateRunError, 'DuplicateRun')) return;
    if (isKind(error, FencedError, 'Fenced')) this.#logger.warn({ runId }, 'another process owns the run');
    else this.#logger.error({ err: error, runId }, 'the records of a run could not be written');
  }

  #createRecurrences(): RecurrenceTimer {
    const { clock, schedules } = this.#options;
    return new RecurrenceTimer({
      clock,
      schedules,
      load: (flowId, revision) => this.#plans.load(flowId, revision),
      compile: (flow) => this.#plans.compile(flow),
      read: (loaded, name) => {
        const trigger = loaded.plan.triggers.find((candidate) => candidate.name === name);
        return trigger && readTiming(trigger, this.#scopes.waiting(loaded, trigger));
      },
      fire: async (fire) => {
        const { reason } = await this.fire(clockRequest(fire));
        return reason?.code === 'TooManyRuns' ? 'full' : 'done';
      },
      report: (error, record) => this.#logger.error({ err: error, ...record }, 'a recurrence could not fire'),
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
      random: () => this.#ids.random(),
      sight: (loaded, trigger, subscribing) => ({
        scope: this.#scopes.waiting(loaded, trigger, subscribing),
        connection: (reference) => findConnection(loaded.flow, reference),
      }),
      recurrence: (loaded, trigger) =>
        trigger.watch?.kind === 'poll'
          ? readRecurrence(trigger.watch.recurrence(this.#scopes.waiting(loaded, trigger)))
          : undefined,
      fire: async ({ flow }, trigger, outputs, uniqueKey) => {
        await this.fire({ flow, trigger, outputs, uniqueKey });
      },
    };
  }
}

function parseText(text: string | undefined): Value {
  return text === undefined ? null : parseJson(text);
}
