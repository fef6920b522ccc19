import type { FlowDefinition } from '../contract.ts';
import { readRecurrence } from '../recurrence/recurrence.ts';
import { type ReadTiming, readTiming } from '../recurrence/timing.ts';
import { findConnection } from '../run/find-connection.ts';
import type { WatchHost } from '../watches/watch-host.ts';
import { WatchKeeper } from '../watches/watch-keeper.ts';
import { BatchKeeper, batchClock } from './batch-keeper.ts';
import { clockRequest } from './clock-request.ts';
import type { EngineLogger, EngineOptions, FireRequest, FireResult, IdSource } from './engine-contract.ts';
import type { LoadedFlow, PlanCache } from './plan-cache.ts';
import { type ClockFire, RecurrenceTimer } from './recurrence-timer.ts';
import type { TriggerNotes } from './trigger-notes.ts';
import type { TriggerScopes } from './trigger-scopes.ts';

/** What the triggers of flows need of their engine. */
export type FlowTriggersParts = {
  readonly options: EngineOptions;
  readonly ids: IdSource;
  readonly logger: EngineLogger;
  readonly plans: PlanCache;
  readonly scopes: TriggerScopes;
  readonly notes: TriggerNotes;
  /** Tells nobody that a trigger did not fire. */
  fire(request: FireRequest): Promise<FireResult>;
};

/** What fires flows by itself: the clock, events at APIs, and batches that are full. */
export class FlowTriggers {
  readonly batches: BatchKeeper;
  readonly #parts: FlowTriggersParts;
  readonly #recurrences: RecurrenceTimer;
  readonly #watches: WatchKeeper | undefined;

  constructor(parts: FlowTriggersParts) {
    const { watching } = parts.options;
    this.#parts = parts;
    this.batches = this.#createBatches();
    this.#recurrences = this.#createRecurrences();
    this.#watches = watching && new WatchKeeper(this.#watchHost(watching));
  }

  async start(): Promise<void> {
    await this.#recurrences.start();
    await this.#watches?.start();
    this.batches.start();
  }

  async stop(): Promise<void> {
    this.batches.stop();
    await this.#recurrences.stop();
    await this.#watches?.stop();
  }

  async put(flow: FlowDefinition, options: { readonly renews?: boolean }): Promise<void> {
    await this.#recurrences.put(flow);
    await this.#watches?.put(flow, options);
    await this.batches.put(flow);
  }

  async remove(flowId: string, { isGone }: { readonly isGone: boolean }): Promise<void> {
    await this.#recurrences.remove(flowId, { isGone });
    await this.#watches?.remove(flowId, { isGone });
    if (isGone) await this.batches.remove(flowId);
  }

  /** Another process may have changed something. */
  look(): void {
    this.#recurrences.look();
    this.#watches?.look();
  }

  async hasten(watchId: string): Promise<boolean> {
    return (await this.#watches?.hasten(watchId)) ?? false;
  }

  #createBatches(): BatchKeeper {
    const { options, ids, logger, plans, scopes, fire } = this.#parts;
    return new BatchKeeper({
      clock: options.clock,
      batches: options.batches,
      directory: options.directory,
      logger,
      isShared: options.notices !== undefined,
      guid: () => ids.guid(),
      compile: (flow) => plans.compile(flow),
      scope: (loaded, trigger) => scopes.waiting(loaded, trigger),
      fire,
    });
  }

  #createRecurrences(): RecurrenceTimer {
    const { options, logger, plans } = this.#parts;
    return new RecurrenceTimer({
      clock: options.clock,
      schedules: options.schedules,
      load: (flowId, revision) => plans.load(flowId, revision),
      compile: (flow) => plans.compile(flow),
      names: clockNames,
      read: (loaded, name) => this.#readTiming(loaded, name),
      fire: (fire) => this.#fireClock(fire),
      report: (error, record) => logger.error({ err: error, ...record }, 'a recurrence could not fire'),
    });
  }

  /** Of a trigger, or of one of its batches. */
  #readTiming(loaded: LoadedFlow, name: string): ReadTiming | undefined {
    for (const trigger of loaded.plan.triggers) {
      const batch = trigger.batches?.find((one) => batchClock(trigger.name, one.name) === name);
      if (trigger.name !== name && batch === undefined) continue;
      const timed = batch?.recurrence === undefined ? trigger : { ...trigger, recurrence: batch.recurrence };
      return readTiming(timed, this.#parts.scopes.waiting(loaded, trigger));
    }
    return undefined;
  }

  async #fireClock(fire: ClockFire): Promise<'done' | 'full'> {
    for (const { name, batches } of fire.loaded.plan.triggers) {
      const batch = batches?.find((one) => batchClock(name, one.name) === fire.trigger);
      if (batch === undefined) continue;
      await this.batches.release(fire.loaded, name, batch.name);
      return 'done';
    }
    const result = await this.#parts.fire(clockRequest(fire));
    const isFull = result.reason?.code === 'TooManyRuns';
    // A window is not left out, it waits for its place.
    if (!isFull || fire.window === undefined) await this.#tell(fire.loaded, fire.trigger, result);
    return isFull ? 'full' : 'done';
  }

  #tell({ flow }: LoadedFlow, trigger: string, result: FireResult): Promise<void> {
    return this.#parts.notes.tell(flow.flowId, trigger, result);
  }

  #watchHost(watching: NonNullable<EngineOptions['watching']>): Omit<WatchHost, 'stopping'> {
    const { options, ids, logger, plans, scopes } = this.#parts;
    return {
      ...watching,
      clock: options.clock,
      logger,
      guid: () => ids.guid(),
      load: (flowId, revision) => plans.load(flowId, revision),
      compile: (flow) => plans.compile(flow),
      random: () => ids.random(),
      sight: (loaded, trigger, subscribing) => ({
        scope: scopes.waiting(loaded, trigger, subscribing),
        connection: (reference) => findConnection(loaded.flow, reference),
      }),
      recurrence: (loaded, trigger) =>
        trigger.watch?.kind === 'poll'
          ? readRecurrence(trigger.watch.recurrence(scopes.waiting(loaded, trigger)))
          : undefined,
      fire: async (loaded, trigger, outputs, uniqueKey) => {
        const result = await this.#parts.fire({ flow: loaded.flow, trigger, outputs, uniqueKey });
        // What a poll has brought is kept until there is a place for it.
        if (result.reason?.code === 'TooManyRuns') return 'full';
        await this.#tell(loaded, trigger, result);
        return 'done';
      },
    };
  }
}

/** What of a flow may go by the clock. */
function clockNames({ plan }: LoadedFlow): readonly string[] {
  return plan.triggers.flatMap(({ name, batches }) => [
    name,
    ...(batches ?? []).flatMap((batch) => (batch.recurrence === undefined ? [] : [batchClock(name, batch.name)])),
  ]);
}
