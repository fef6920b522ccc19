import { createHash } from 'node:crypto';
import { ExpressionError, stringify } from '@patchbay/expression';
import type { FlowDefinition, InvokedConnection, TriggerCall, WatchRecord, WatchTarget } from '../contract.ts';
import type { LoadedFlow } from '../engine/plan-cache.ts';
import { EngineStoppedError } from '../failures.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import { firstSlotMs } from '../recurrence/next-recurrence.ts';
import { poll } from './keep-poll.ts';
import { afterCallMs, renew, subscribe, unsubscribe } from './keep-subscription.ts';
import { leaseMs, type WatchHost, without } from './watch-host.ts';

/** Watches that one process works on at a time. */
const atATime = 16;
/** How soon what another process made due is noticed. */
const longestSleepMs = 30_000;
const retryMs = 5_000;
/** Stands for the address in the digest of a call. */
const anyAddress = 'https://callback.invalid/';

type Wanted = Pick<WatchRecord, 'kind' | 'callHash' | 'connection' | 'target'>;

/** Keeps the watches of flows: begins and ends them as flows start, change and stop, and works on those that are due. */
export class WatchKeeper {
  readonly #host: WatchHost;
  readonly #stopping = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #cancel: (() => void) | undefined;
  #look: Promise<void> | undefined;
  #looksAgain = false;
  #isRunning = false;

  constructor(host: Omit<WatchHost, 'stopping'>) {
    this.#host = { ...host, stopping: this.#stopping.signal };
  }

  async start(): Promise<void> {
    this.#isRunning = true;
    await this.#lookNow();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#stopping.abort();
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#look;
    await Promise.all(this.#working);
  }

  /** Begins what the flow's triggers want and ends what they no longer do; `renews`: ends every subscription and begins it anew. */
  async put(flow: FlowDefinition, options: { readonly renews?: boolean } = {}): Promise<void> {
    const loaded = this.#host.compile(flow);
    const known = (await this.#host.watches.list(flow.flowId)).filter((watch) => !isOver(watch));
    const wanted = loaded.plan.triggers.flatMap((trigger) =>
      this.#wanted(loaded, trigger, known).map((want) => ({ ...want, trigger: trigger.name })),
    );
    for (const watch of known) {
      const want = wanted.find(({ kind, trigger }) => kind === watch.kind && trigger === watch.trigger);
      const isSame = want?.callHash === watch.callHash && !(options.renews === true && watch.kind === 'subscription');
      if (isSame) await this.#keep(watch, flow);
      else await this.#end(watch);
    }
    for (const want of wanted) await this.#begin(want, loaded);
    await this.#lookNow();
  }

  /** The flow has stopped: subscriptions are given back, polls keep their state unless the flow is gone. */
  async remove(flowId: string, options: { readonly isGone: boolean }): Promise<void> {
    for (const watch of await this.#host.watches.list(flowId)) {
      if (options.isGone && isOver(watch) && watch.status !== 'Ending') await this.#host.watches.remove(watch.watchId);
      else if (isOver(watch)) continue;
      else if (watch.kind === 'subscription' || options.isGone) await this.#end(watch);
      else await this.#host.watches.change({ ...without(watch, 'dueMs'), status: 'Stopped' });
    }
    await this.#lookNow();
  }

  /** Asks the API now, again where it failed for good. `false`: there is no such watch. */
  async hasten(watchId: string): Promise<boolean> {
    const { watches, clock } = this.#host;
    const record = await watches.find(watchId);
    const again = record === undefined ? undefined : statusToTryAgain(record);
    if (record !== undefined && again !== undefined) {
      await watches.change({ ...record, status: again, attempts: 0, dueMs: clock.nowMs() });
    }
    const isThere = await watches.hasten(watchId, clock.nowMs());
    void this.#lookNow();
    return isThere;
  }

  /** What a trigger asks, unless its revision is watched already: then what was asked of the API stands. */
  #wanted(loaded: LoadedFlow, trigger: TriggerPlan, known: readonly WatchRecord[]): readonly Wanted[] {
    const { watch } = trigger;
    if (watch === undefined) return [];
    const kinds = watch.kind === 'notification' ? (['subscription', 'poll'] as const) : [watch.kind];
    return kinds.map((kind): Wanted => {
      const before = known.find((one) => one.kind === kind && one.trigger === trigger.name);
      if (before?.flowRevision === loaded.flow.revision) return before;
      const sight = this.#host.sight(loaded, trigger, { callbackUrl: anyAddress });
      try {
        const evaluate = kind === 'poll' ? 'poll' in watch && watch.poll : 'subscribe' in watch && watch.subscribe;
        if (evaluate === false) throw new TypeError('a trigger has the calls of its kind');
        const call = evaluate(sight);
        return { kind, callHash: digest(call), connection: connectionOf(call), target: targetOf(call) };
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        // It fails again where its failure is recorded.
        const connection = noConnection;
        const target = { kind: 'operation', operationId: '' } as const;
        return { kind, callHash: `revision ${loaded.flow.revision}`, connection, target };
      }
    });
  }

  async #keep(watch: WatchRecord, { revision }: FlowDefinition): Promise<void> {
    const isResting = watch.status === 'Stopped' || (watch.status === 'Failed' && watch.flowRevision !== revision);
    if (watch.flowRevision === revision && !isResting) return;
    const nowMs = this.#host.clock.nowMs();
    const status = watch.kind === 'subscription' ? 'Starting' : 'Active';
    const begun = isResting ? ({ status, attempts: 0, dueMs: nowMs } as const) : {};
    await this.#host.watches.change({ ...watch, flowRevision: revision, ...begun });
  }

  async #end(watch: WatchRecord): Promise<void> {
    if (watch.kind === 'poll' || watch.status === 'Failed') {
      await this.#host.watches.remove(watch.watchId);
      return;
    }
    const nowMs = this.#host.clock.nowMs();
    // An attempt that is under way leaves here what it was given.
    const dueMs = watch.status === 'Starting' && watch.addressId !== undefined ? afterCallMs(nowMs) : nowMs;
    const { error: _error, ...rest } = watch;
    const changed = await this.#host.watches.change({ ...rest, status: 'Ending', attempts: 0, dueMs });
    if (changed !== undefined) return;
    const newer = await this.#host.watches.find(watch.watchId);
    if (newer !== undefined && !isOver(newer)) await this.#end(newer);
  }

  async #begin(want: Wanted & { readonly trigger: string }, loaded: LoadedFlow): Promise<void> {
    const { flow } = loaded;
    const nowMs = this.#host.clock.nowMs();
    // Refused where the same is watched already.
    await this.#host.watches.insert({
      watchId: this.#host.guid(),
      kind: want.kind,
      flowId: flow.flowId,
      trigger: want.trigger,
      flowRevision: flow.revision,
      environmentId: flow.environmentId,
      status: 'Starting',
      callHash: want.callHash,
      connection: want.connection,
      target: want.target,
      sequence: 0,
      attempts: 0,
      version: 1,
      createdAtMs: nowMs,
      dueMs: want.kind === 'poll' ? this.#firstPollMs(loaded, want.trigger, nowMs) : nowMs,
    });
  }

  /** At once, but not before its recurrence starts. */
  #firstPollMs(loaded: LoadedFlow, name: string, nowMs: number): number {
    const trigger = loaded.plan.triggers.find((one) => one.name === name);
    const read = trigger && this.#host.recurrence(loaded, trigger);
    return read?.kind === 'recurrence' ? Math.max(nowMs, firstSlotMs(read.recurrence, nowMs)) : nowMs;
  }

  /** Another process may have made something due. */
  look(): void {
    if (this.#isRunning) void this.#lookNow();
  }

  #lookNow(): Promise<void> {
    this.#looksAgain = true;
    this.#look ??= this.#takeDue()
      .catch((error: unknown) => {
        this.#host.logger.error({ err: error }, 'watches could not be looked at');
        this.#sleepUntil(this.#host.clock.nowMs() + retryMs);
      })
      .finally(() => {
        this.#look = undefined;
        if (this.#looksAgain && this.#isRunning) void this.#lookNow();
      });
    return this.#look;
  }

  async #takeDue(): Promise<void> {
    this.#looksAgain = false;
    if (!this.#isRunning) return;
    const { watches, clock } = this.#host;
    const room = atATime - this.#working.size;
    const due = room <= 0 ? [] : await watches.due(clock.nowMs(), room);
    for (const watchId of due) this.#work(watchId);
    // A full house looks again when one leaves.
    if (due.length > 0) return;
    const nextMs = (await watches.nextDueMs()) ?? Number.POSITIVE_INFINITY;
    const nowMs = clock.nowMs();
    this.#sleepUntil(Math.min(Math.max(nextMs, nowMs + 1), nowMs + longestSleepMs));
  }

  #work(watchId: string): void {
    const done = this.#workOn(watchId)
      .catch((error: unknown) => {
        if (error instanceof EngineStoppedError) return;
        this.#host.logger.error({ err: error, watchId }, 'a trigger could not be looked after');
      })
      .finally(() => {
        this.#working.delete(done);
        if (this.#isRunning) void this.#lookNow();
      });
    this.#working.add(done);
  }

  async #workOn(watchId: string): Promise<void> {
    const nowMs = this.#host.clock.nowMs();
    const record = await this.#host.watches.claim(watchId, nowMs, nowMs + leaseMs);
    if (record === undefined) return;
    try {
      await this.#attend(record);
    } catch (error) {
      await this.#letGo(watchId);
      throw error;
    }
  }

  async #attend(record: WatchRecord): Promise<void> {
    switch (record.status) {
      case 'Starting':
      case 'Active':
        if (record.kind === 'poll') return poll(this.#host, record);
        if (record.status === 'Starting') return subscribe(this.#host, record);
        if (record.dueMs !== undefined) return renew(this.#host, record);
        break;
      case 'Ending':
        return unsubscribe(this.#host, record);
      case 'Stopped':
      case 'Failed':
      case 'EndFailed':
        break;
    }
    await this.#host.watches.change(without(record, 'dueMs'));
  }

  /** What could not be done is tried again soon, by whoever looks then. */
  async #letGo(watchId: string): Promise<void> {
    const { watches, clock } = this.#host;
    const record = await watches.find(watchId);
    if (record !== undefined) await watches.change({ ...record, dueMs: clock.nowMs() + retryMs });
  }

  #sleepUntil(atMs: number): void {
    this.#cancel?.();
    if (!this.#isRunning) return;
    this.#cancel = this.#host.clock.at(atMs, () => {
      this.#cancel = undefined;
      void this.#lookNow();
    });
  }
}

function statusToTryAgain({ kind, status }: WatchRecord): WatchRecord['status'] | undefined {
  if (status === 'Failed') return kind === 'poll' ? 'Active' : 'Starting';
  return status === 'EndFailed' ? 'Ending' : undefined;
}

/** It watches no more. */
function isOver({ status }: WatchRecord): boolean {
  return status === 'Ending' || status === 'EndFailed';
}

function targetOf(call: TriggerCall): WatchTarget {
  switch (call.kind) {
    case 'operation':
      return { kind: 'operation', operationId: call.operationId };
    case 'connection-request':
      return { kind: 'request', method: call.method, path: call.path };
    case 'http': {
      const url = URL.parse(call.uri);
      return { kind: 'http', method: call.method, uri: url === null ? '' : url.origin + url.pathname };
    }
  }
}

const noConnection: InvokedConnection = { referenceName: '', connectorName: '', connectionName: '' };

function connectionOf(call: TriggerCall): InvokedConnection {
  return call.kind === 'http' ? noConnection : call.connection;
}

function digest(call: TriggerCall): string {
  return createHash('sha256')
    .update(stringify(call as unknown as Parameters<typeof stringify>[0]))
    .digest('base64url');
}
