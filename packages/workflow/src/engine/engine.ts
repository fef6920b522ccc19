import { createTransformer, type Transformer } from '@patchbay/transform';
import type { FlowDefinition, Notice, RunParent, RunPlace, RunSignal, RunStore, SignalReceipt } from '../contract.ts';
import { DefinitionError, EngineStoppedError } from '../failures.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import type { ActionPlan, StaticResult } from '../plan/plan.ts';
import { readLateState } from '../run/late-state.ts';
import { evaluateTrigger, startOnce } from '../triggers/evaluate-trigger.ts';
import { ActiveRuns } from './active-runs.ts';
import { Callers } from './callers.ts';
import { ChildStarter } from './child-starter.ts';
import { DistantCallers } from './distant-callers.ts';
import type {
  AwaitedCallback,
  Engine,
  EngineLogger,
  EngineOptions,
  FireRequest,
  FireResult,
  IdSource,
  RerunRequest,
} from './engine-contract.ts';
import { FlowTriggers } from './flow-triggers.ts';
import { Gates } from './gates.ts';
import { createIds } from './ids.ts';
import { type LoadedFlow, PlanCache } from './plan-cache.ts';
import { Pump } from './pump.ts';
import { Reruns } from './reruns.ts';
import { RunHosts } from './run-hosts.ts';
import { createRunIds } from './run-id.ts';
import { RunResumer } from './run-resumer.ts';
import { RunStarter } from './run-starter.ts';
import { RunStops } from './run-stops.ts';
import { SignalPost } from './signal-post.ts';
import { TriggerNotes } from './trigger-notes.ts';
import { findTrigger } from './trigger-record.ts';
import { TriggerScopes } from './trigger-scopes.ts';

const defaultLeaseMs = 30_000;

/** Creates an engine over its ports. It does nothing by itself until {@link Engine.start}; {@link Engine.fire} works before it. */
export function createEngine(options: EngineOptions): Engine {
  return new WorkflowEngine(options);
}

/** What only this package's own tools may set. */
export type EngineTools = {
  readonly staticResult?: (action: ActionPlan) => StaticResult | undefined;
  /** `false`: the addresses of callbacks are there to be seen only. */
  readonly isCallable?: boolean;
  /** Keeps the runs of stateless flows; unless given, one of the engine's own that forgets them when they end. */
  readonly statelessStore?: RunStore;
  /** `false`: nothing is scheduled or watched, so nobody looks whether it is time. */
  readonly firesByItself?: boolean;
  /** How long whoever waits for a Response does so; 120 s unless told. */
  readonly callerPatienceMs?: number;
  /** How many records of a run are appended without waiting for it to pause; 256 unless told. */
  readonly recordsAtATime?: number;
};

const silent: EngineLogger = { warn: () => undefined, error: () => undefined };

export class WorkflowEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #ids: IdSource;
  readonly #logger: EngineLogger;
  readonly #leaseMs: number;
  readonly #plans: PlanCache;
  readonly #statelessStore: RunStore;
  readonly #pump = new Pump();
  readonly #callers: Callers;
  readonly #active: ActiveRuns;
  readonly #scopes: TriggerScopes;
  readonly #hosts: RunHosts;
  readonly #starter: RunStarter;
  readonly #resumer: RunResumer;
  readonly #reruns: Reruns;
  readonly #stops: RunStops;
  readonly #signals: SignalPost;
  readonly #children: ChildStarter;
  readonly #runIds: (nowMs: number) => string;
  readonly #triggers: FlowTriggers;
  readonly #notes: TriggerNotes;
  readonly #gates: Gates;
  readonly #distant: DistantCallers;
  readonly #advancesRuns: boolean;
  readonly #firesByItself: boolean;
  readonly #transformer: Transformer;
  #unsubscribe: (() => void) | undefined;
  #isStopping = false;

  constructor(options: EngineOptions, tools: EngineTools = {}) {
    const { clock, store } = options;
    this.#options = options;
    this.#ids = options.ids ?? createIds();
    this.#logger = options.logger ?? silent;
    this.#leaseMs = options.leaseMs ?? defaultLeaseMs;
    this.#callers = new Callers(tools.callerPatienceMs);
    this.#advancesRuns = options.advancesRuns ?? true;
    this.#firesByItself = this.#advancesRuns && (tools.firesByItself ?? true);
    this.#transformer = options.transformer ?? createTransformer();
    this.#plans = new PlanCache(options.flows);
    this.#statelessStore = tools.statelessStore ?? createMemoryRunStore(clock, { keepsFinished: false });
    this.#runIds = createRunIds(() => this.#ids.random());
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
    this.#signals = new SignalPost(this.#active, store, options);
    this.#gates = this.#createGates();
    this.#hosts = this.#createHosts(tools);
    this.#starter = this.#createStarter();
    this.#resumer = this.#createResumer();
    this.#stops = new RunStops({
      options,
      active: this.#active,
      statelessStore: this.#statelessStore,
      resume: (runId, runStore) => this.#resumer.resume(runId, runStore),
    });
    this.#reruns = new Reruns({
      clock,
      store,
      owner: this.#ids.owner,
      nextRunId: this.#runIds,
      load: (flowId, revision) => this.#plans.load(flowId, revision),
      wake: (runId) => options.dispatcher.wake(runId),
    });
    this.#children = this.#createChildren();
    this.#notes = new TriggerNotes(clock, options.watching?.watches, this.#logger);
    this.#triggers = new FlowTriggers({
      options,
      ids: this.#ids,
      logger: this.#logger,
      plans: this.#plans,
      scopes: this.#scopes,
      notes: this.#notes,
      fire: (request) => this.#fire(request, undefined),
    });
  }

  async start(): Promise<void> {
    this.#unsubscribe = this.#options.notices?.subscribe((notice) => this.#hear(notice));
    await this.#options.dispatcher.start(this.#advancesRuns ? (runId) => this.#advance(runId) : undefined);
    if (this.#firesByItself) await this.#triggers.start();
  }

  async fire(request: FireRequest): Promise<FireResult> {
    const result = await this.#fire(request, undefined);
    if (!result.fired) await this.#notes.tell(request.flow.flowId, request.trigger, result);
    return result;
  }

  async #fire(
    request: FireRequest,
    child: { readonly runId: string; readonly parent: RunParent } | undefined,
  ): Promise<FireResult> {
    if (this.#isStopping) throw new EngineStoppedError();
    const loaded = await this.#load(request.flow);
    const trigger = findTrigger(loaded, request.trigger);
    const result =
      request.resubmits !== undefined
        ? startOnce(request.outputs)
        : evaluateTrigger(trigger, request.outputs, (outputs) => this.#scopes.fired(loaded, trigger, request, outputs));
    if (result.kind === 'not-fired') return { runs: [], fired: false, reason: result.reason };
    return this.#starter.startAll({ loaded, trigger, request, child }, result.starts);
  }

  async rerun(request: RerunRequest): Promise<FireResult> {
    if (this.#isStopping) throw new EngineStoppedError();
    return this.#reruns.rerun(request);
  }

  async cancel(runId: string): Promise<boolean> {
    const asked = await this.#stops.ask(runId);
    if (asked === undefined) return false;
    await asked.whenStopped;
    return true;
  }

  async awaitedCallback(place: RunPlace): Promise<AwaitedCallback | undefined> {
    const store = this.#active.find(place.runId)?.store ?? this.#options.store;
    const record = await store.findAction(place);
    if (record?.status !== 'Running' && record?.status !== 'Waiting') return undefined;
    const state = readLateState(record.waitState);
    return state?.kind === 'callback' ? state : undefined;
  }

  signal(signal: RunSignal): Promise<SignalReceipt> {
    return this.#signals.put(signal);
  }

  async drain(timeoutMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#triggers.stop();
    await Promise.all([this.#options.dispatcher.stop(timeoutMs), this.#active.drain(timeoutMs)]);
    this.#unsubscribe?.();
    this.#distant.stop();
    this.#callers.disappointAll('the engine has stopped');
    if (this.#options.transformer === undefined) await this.#transformer.close();
  }

  async scheduleFlow(flow: FlowDefinition, options: { readonly renews?: boolean } = {}): Promise<void> {
    await this.#triggers.put(flow, options);
    this.#options.notices?.publish({ kind: 'triggers' });
  }

  async unscheduleFlow(flowId: string, { isGone = false }: { readonly isGone?: boolean } = {}): Promise<void> {
    await this.#triggers.remove(flowId, { isGone });
    this.#options.notices?.publish({ kind: 'triggers' });
  }

  async checkWatch(watchId: string): Promise<boolean> {
    const isThere = await this.#triggers.hasten(watchId);
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
        if (this.#active.find(notice.runId) === undefined) return;
        this.#active.stopAsked();
        this.#hosts.look(notice.runId);
        return;
      case 'triggers':
        this.#triggers.look();
        return;
      case 'due':
        return;
    }
  }

  /** Goes on with a run until it rests; one that is in memory may have signals that came by way of another process. */
  async #advance(runId: string): Promise<void> {
    const known = this.#active.find(runId);
    if (known !== undefined) {
      await this.#signals.fetch(runId);
      await known.rest.promise;
    } else if (!this.#isStopping) await this.#resumer.resume(runId);
  }

  async #openCallbacks({ flow, plan }: LoadedFlow): Promise<((place: RunPlace) => string) | undefined> {
    return plan.hasWebhooks ? this.#options.callbacks?.open(flow.flowId) : undefined;
  }

  #createHosts({ staticResult, isCallable = true, recordsAtATime = 256 }: EngineTools): RunHosts {
    return new RunHosts({
      options: this.#options,
      ids: this.#ids,
      logger: this.#logger,
      leaseMs: this.#leaseMs,
      recordsAtATime,
      transformer: this.#transformer,
      staticResult,
      isCallable: isCallable && this.#options.callbacks !== undefined,
      pump: this.#pump,
      callers: this.#callers,
      active: this.#active,
      signals: this.#signals,
      children: () => this.#children,
      batches: () => this.#triggers.batches,
      lookAtGate: (store) => this.#gates.look(store),
      isStopping: () => this.#isStopping,
    });
  }

  #createGates(): Gates {
    const { clock, dispatcher } = this.#options;
    return new Gates({
      clock,
      dispatcher,
      logger: this.#logger,
      active: this.#active,
      statelessStore: this.#statelessStore,
      resume: (runId, store) => this.#resumer.resume(runId, store),
      isStopping: () => this.#isStopping,
    });
  }

  #createStarter(): RunStarter {
    const { clock, store, dispatcher } = this.#options;
    return new RunStarter({
      clock,
      owner: this.#ids.owner,
      leaseMs: this.#leaseMs,
      callers: this.#callers,
      nextRunId: this.#runIds,
      store: ({ stateless }) => (stateless ? this.#statelessStore : store),
      host: (runStore, { stateless }) => this.#hosts.of(runStore, stateless),
      openCallbacks: (loaded) => this.#openCallbacks(loaded),
      handsOver: ({ stateless }) => !this.#advancesRuns && !stateless,
      handOver: (runId, isAwaited) => {
        if (isAwaited) this.#distant.watch(runId);
        dispatcher.wake(runId);
      },
      lookAtGate: (runStore, awaitedRunId) => {
        if (awaitedRunId !== undefined && runStore === store) this.#distant.watch(awaitedRunId);
        this.#gates.look(runStore);
      },
      launch: (run, runStore, begin) => {
        this.#active.hold(run, runStore);
        begin();
        this.#pump.schedule(run);
      },
    });
  }

  #createResumer(): RunResumer {
    const { clock, store } = this.#options;
    return new RunResumer({
      clock,
      store,
      owner: this.#ids.owner,
      leaseMs: this.#leaseMs,
      logger: this.#logger,
      active: this.#active,
      load: (flowId, revision) => this.#plans.load(flowId, revision),
      host: (runStore, callerUntilMs) => this.#hosts.create(runStore, runStore !== store, callerUntilMs),
      openCallbacks: (loaded) => this.#openCallbacks(loaded),
      schedule: (run) => this.#pump.schedule(run),
      onSent: (signal, runStore) => this.#hosts.sent(signal, runStore),
      lookAtGate: (runStore) => this.#gates.look(runStore),
    });
  }

  #createChildren(): ChildStarter {
    const { clock, directory } = this.#options;
    return new ChildStarter({
      directory,
      nextRunId: () => this.#runIds(clock.nowMs()),
      compile: (flow) => this.#plans.compile(flow),
      fire: (request, child) => this.#fire(request, child),
      stop: async (runId) => {
        await this.#stops.ask(runId);
      },
      isActive: (runId) => this.#active.find(runId) !== undefined,
    });
  }
}
