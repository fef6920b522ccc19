import { ExpressionError, parseJson, type Scope, type Value } from '@patchbay/expression';
import type { BatchRelease, BatchStore, Clock, FlowDefinition, FlowDirectory, ReleaseRule } from '../contract.ts';
import { DefinitionError, EngineStoppedError } from '../failures.ts';
import type { BatchPlan, TriggerPlan } from '../plan/plan.ts';
import type { BatchPost, BatchSend, BatchSent } from '../run/batch-sends.ts';
import type { EngineLogger, FireRequest, FireResult } from './engine-contract.ts';
import type { LoadedFlow } from './plan-cache.ts';

/** A batch is released early when it holds so many messages or bytes, as on the platform. */
const mostMessages = 5_000;
const mostBytes = 80 * 1024 * 1024;
/** After this what could not start its run is tried again. */
const retryMs = 5_000;
/** What is set aside at two looks in a row has been left by a process that is gone. */
const lookEveryMs = 15_000;

/** What gathering batches needs of its engine. */
export type BatchHost = {
  readonly clock: Clock;
  readonly batches: BatchStore | undefined;
  readonly directory: FlowDirectory | undefined;
  readonly logger: EngineLogger;
  /** Other processes gather as well. */
  readonly isShared: boolean;
  guid(): string;
  compile(flow: FlowDefinition): LoadedFlow;
  /** What the criteria of a trigger can see. */
  scope(loaded: LoadedFlow, trigger: TriggerPlan): Scope;
  fire(request: FireRequest): Promise<FireResult>;
};

/** Gathers the messages of Batch triggers, and starts a run with those that are due together. */
export class BatchKeeper implements BatchPost {
  readonly #host: BatchHost;
  /** Flows whose releases could not start their runs, and how to stop the next try. */
  readonly #retries = new Map<string, () => void>();
  /** Releases that had not been settled at the last look. */
  #unsettled: ReadonlySet<string> = new Set();
  #cancelLook: (() => void) | undefined;
  #isStopped = false;

  constructor(host: BatchHost) {
    this.#host = host;
  }

  /** Looks after what other processes leave; what this one has left is looked after when its flows are put. */
  start(): void {
    const { clock, batches, isShared } = this.#host;
    if (batches === undefined || !isShared || this.#isStopped) return;
    this.#cancelLook = clock.at(clock.nowMs() + lookEveryMs, () => {
      void this.#look(batches).finally(() => this.start());
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelLook?.();
    for (const cancel of this.#retries.values()) cancel();
    this.#retries.clear();
  }

  async send(
    request: BatchSend & { readonly key: string },
    sender: { readonly environmentId: string; readonly flowId: string },
  ): Promise<BatchSent> {
    if (this.#isStopped) throw new EngineStoppedError();
    const { batches, clock } = this.#host;
    const { reference, batchName, partition, key, content } = request;
    const found = await this.#host.directory?.findCalled(reference, sender);
    if (found === undefined || batches === undefined) {
      return refused('NestedWorkflowNotFound', `There is no flow '${reference}' that this flow may send to.`);
    }
    const { flow, isStarted } = found;
    if (!isStarted) return refused('WorkflowNotEnabled', `The flow '${flow.displayName}' is stopped.`);
    const loaded = this.#compile(flow);
    const trigger = loaded && findBatchTrigger(loaded, request.trigger);
    if (loaded === undefined || trigger === undefined) {
      const which = request.trigger === undefined ? 'Batch trigger' : `Batch trigger '${request.trigger}'`;
      return refused('WorkflowTriggerNotFound', `The flow '${flow.displayName}' has no ${which}.`);
    }
    const batch = trigger.batches?.find(({ name }) => name.toLowerCase() === batchName.toLowerCase());
    if (batch === undefined) {
      const message = `The trigger '${trigger.name}' of the flow '${flow.displayName}' has no batch '${batchName}'.`;
      return refused('BatchConfigurationNotFound', message);
    }
    const place = { flowId: flow.flowId, trigger: trigger.name, batchName: batch.name, partition };
    const messageId = await batches.add({
      ...place,
      key,
      messageId: request.messageId ?? this.#host.guid(),
      content,
      addedAtMs: clock.nowMs(),
    });
    await this.#attempt(loaded, () =>
      this.#releaseFull(loaded, { ...place, releaseId: '' }, this.#rule(loaded, trigger, batch)),
    );
    return { kind: 'kept', messageId };
  }

  /** A flow begins, or has changed: what was set aside before starts its run, and what is enough now is set aside. */
  async put(flow: FlowDefinition): Promise<void> {
    const loaded = this.#compile(flow);
    const { batches } = this.#host;
    if (loaded === undefined || batches === undefined) return;
    if (!loaded.plan.triggers.some((trigger) => trigger.batches !== undefined)) return;
    await this.#attempt(loaded, async () => {
      for (const release of await batches.unsettled(flow.flowId)) await this.#start(loaded, release);
      for (const place of await batches.partitions(flow.flowId)) {
        const found = findBatch(loaded, place.trigger, place.batchName);
        if (found === undefined) continue;
        const rule = this.#rule(loaded, found.trigger, found.batch);
        await this.#releaseFull(loaded, { ...place, releaseId: '' }, rule);
      }
    });
  }

  /** The time of a batch has come: every partition is released with what it holds. */
  async release(loaded: LoadedFlow, triggerName: string, batchName: string): Promise<void> {
    const { batches, guid } = this.#host;
    const found = findBatch(loaded, triggerName, batchName);
    if (found === undefined || batches === undefined) return;
    const rule = { ...this.#rule(loaded, found.trigger, found.batch), takesLess: true };
    await this.#attempt(loaded, async () => {
      for (const place of await batches.partitions(loaded.flow.flowId)) {
        if (place.trigger !== triggerName || place.batchName !== batchName) continue;
        const release = { ...place, releaseId: guid() };
        if (await batches.release(release, rule)) await this.#start(loaded, release);
      }
    });
  }

  async remove(flowId: string): Promise<void> {
    this.#retries.get(flowId)?.();
    this.#retries.delete(flowId);
    await this.#host.batches?.remove(flowId);
  }

  async #look(batches: BatchStore): Promise<void> {
    const { directory, logger } = this.#host;
    try {
      const releases = await batches.unsettled();
      const left = releases.filter(({ releaseId }) => this.#unsettled.has(releaseId));
      this.#unsettled = new Set(releases.map(({ releaseId }) => releaseId));
      for (const flowId of new Set(left.map((release) => release.flowId))) {
        const found = this.#retries.has(flowId) ? undefined : await directory?.findNewest(flowId);
        if (found?.isStarted === true) await this.put(found.flow);
      }
    } catch (error) {
      logger.error({ err: error }, 'batches that others have left could not be looked after');
    }
  }

  async #releaseFull(loaded: LoadedFlow, place: BatchRelease, rule: ReleaseRule): Promise<void> {
    const { batches, guid } = this.#host;
    for (;;) {
      const release = { ...place, releaseId: guid() };
      if ((await batches?.release(release, rule)) !== true) return;
      await this.#start(loaded, release);
    }
  }

  /** One run for what was set aside; its key makes a second start harmless. */
  async #start({ flow }: LoadedFlow, release: BatchRelease): Promise<void> {
    const { batches, clock } = this.#host;
    const { releaseId, trigger, batchName, partition } = release;
    const messages = (await batches?.messages(releaseId)) ?? [];
    if (messages.length > 0) {
      const items: Value = messages.map(({ messageId, content }) => ({ messageId, content: parseJson(content) }));
      const body = { batchName, partitionName: partition, items };
      const { reason } = await this.#host.fire({ flow, trigger, outputs: { body }, uniqueKey: `batch/${releaseId}` });
      if (reason?.code === 'TooManyRuns') throw new NoPlaceError();
    }
    await batches?.settle(releaseId, clock.nowMs());
  }

  #rule(loaded: LoadedFlow, trigger: TriggerPlan, batch: BatchPlan): ReleaseRule {
    const scope = this.#host.scope(loaded, trigger);
    try {
      return {
        messageCount: readLimit(batch.messageCount(scope), mostMessages),
        byteCount: readLimit(batch.byteCount(scope), mostBytes),
        takesLess: false,
      };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.#host.logger.error(
        { err: error, flowId: loaded.flow.flowId, trigger: trigger.name, batch: batch.name },
        'the criteria of a batch could not be worked out',
      );
      return { messageCount: mostMessages, byteCount: mostBytes, takesLess: false };
    }
  }

  #compile(flow: FlowDefinition): LoadedFlow | undefined {
    try {
      return this.#host.compile(flow);
    } catch (error) {
      if (error instanceof DefinitionError) return undefined;
      throw error;
    }
  }

  /** Messages are kept whatever becomes of their run: it is started later. */
  async #attempt(loaded: LoadedFlow, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof EngineStoppedError) return;
      const { flowId } = loaded.flow;
      if (!(error instanceof NoPlaceError))
        this.#host.logger.error({ err: error, flowId }, 'a batch could not be released');
      if (this.#isStopped || this.#retries.has(flowId)) return;
      const { clock } = this.#host;
      const cancel = clock.at(clock.nowMs() + retryMs, () => {
        this.#retries.delete(flowId);
        void this.put(loaded.flow);
      });
      this.#retries.set(flowId, cancel);
    }
  }
}

/** As many runs as may be are running and waiting. */
class NoPlaceError extends Error {
  override readonly name = 'NoPlaceError';
}

/** What the schedule of a flow calls the clock of a batch. */
export function batchClock(trigger: string, batch: string): string {
  return `${trigger}/batches/${batch}`;
}

function findBatchTrigger({ plan }: LoadedFlow, name: string | undefined): TriggerPlan | undefined {
  const gathering = plan.triggers.filter(({ batches }) => batches !== undefined);
  return name === undefined ? gathering[0] : gathering.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

function findBatch(
  { plan }: LoadedFlow,
  triggerName: string,
  batchName: string,
): { readonly trigger: TriggerPlan; readonly batch: BatchPlan } | undefined {
  const trigger = plan.triggers.find(({ name }) => name === triggerName);
  const batch = trigger?.batches?.find(({ name }) => name === batchName);
  return trigger === undefined || batch === undefined ? undefined : { trigger, batch };
}

function readLimit(value: Value, most: number): number {
  const limit = value === null ? Number.NaN : Number(value);
  return Number.isFinite(limit) ? Math.min(most, Math.max(1, limit)) : most;
}

function refused(code: string, message: string): BatchSent {
  return { kind: 'refused', code, message };
}
