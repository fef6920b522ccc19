import type { SleepingRun } from '@patchbay/workflow';
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { DispatchSettings } from './settings.ts';

type Activation = { readonly runId: string };
type Wanted = { readonly name: string; readonly data: Activation; readonly opts: object };

const queueName = 'runs';
/** The stream of events that BullMQ keeps; nobody reads it. */
const keptEvents = 100;

export type RunQueueOptions = {
  readonly client: Redis;
  readonly prefix: string;
  readonly settings: DispatchSettings;
  readonly onError: (error: Error) => void;
  /** Runs were woken that Redis has not heard of. */
  readonly onLost: (runIds: readonly string[]) => void;
};

/**
 * The runs to advance as jobs of BullMQ: of each run one at a time, by the run's id as what tells duplicates. A wake while the job is active
 * makes another one after it; a wake while it waits for its time brings it forward.
 */
export class RunQueue {
  readonly #options: RunQueueOptions;
  readonly #queue: Queue<Activation>;
  #worker: Worker<Activation> | undefined;
  #workerClient: Redis | undefined;
  #woken: Set<string> | undefined;

  constructor(options: RunQueueOptions) {
    this.#options = options;
    this.#queue = new Queue<Activation>(queueName, {
      connection: options.client,
      prefix: options.prefix,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      streams: { events: { maxLen: keptEvents } },
    });
    this.#queue.on('error', options.onError);
  }

  /** Advance soon; what is woken in one turn of the event loop goes in one message. */
  wake(runId: string): void {
    if (this.#woken === undefined) {
      this.#woken = new Set();
      setImmediate(() => {
        const woken = [...(this.#woken ?? [])];
        this.#woken = undefined;
        this.wakeAll(woken).catch((error: Error) => {
          this.#options.onError(error);
          this.#options.onLost(woken);
        });
      });
    }
    this.#woken.add(runId);
  }

  async wakeAll(runIds: readonly string[]): Promise<void> {
    await this.#add(
      runIds.map((runId) => ({
        name: 'advance',
        data: { runId },
        opts: { deduplication: { id: runId, keepLastIfActive: true, reschedule: true } },
      })),
    );
  }

  /** Puts runs into the queue that nobody advances; one that is there, waiting or active, stays as it is. */
  async requeueAll(runIds: readonly string[]): Promise<void> {
    await this.#add(
      runIds.map((runId) => ({
        name: 'advance',
        data: { runId },
        opts: { deduplication: { id: runId, reschedule: true } },
      })),
    );
  }

  async sleepAll(runs: readonly SleepingRun[]): Promise<void> {
    const nowMs = Date.now();
    await this.#add(
      runs.map(({ runId, wakeAtMs }) => ({
        name: 'advance',
        data: { runId },
        opts: { delay: Math.max(0, wakeAtMs - nowMs), deduplication: { id: runId, keepLastIfActive: true } },
      })),
    );
  }

  /** Takes jobs. `advance` answers when the run wants to be woken next, if it does. */
  work(advance: (runId: string) => Promise<number | undefined>): void {
    const { client, prefix, settings, onError } = this.#options;
    const sleeps = new WeakMap<object, SleepingRun>();
    // A command waits for a connection that is away: what has been done must still be said.
    this.#workerClient = client.duplicate({ lazyConnect: false, enableOfflineQueue: true, commandTimeout: undefined });
    this.#workerClient.on('error', () => undefined);
    this.#worker = new Worker<Activation>(
      queueName,
      async (job) => {
        const { runId } = job.data;
        const wakeAtMs = await advance(runId);
        if (wakeAtMs !== undefined) sleeps.set(job, { runId, wakeAtMs });
      },
      {
        connection: this.#workerClient,
        prefix,
        concurrency: settings.concurrency,
        lockDuration: settings.lockMs,
        stalledInterval: settings.stalledEveryMs,
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        runRetryDelay: 1_000,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      },
    );
    this.#worker.on('error', onError);
    // While its job was active a run's next wake-up would have been taken for one of the kind "once more, after this".
    this.#worker.on('completed', (job) => {
      const sleep = sleeps.get(job);
      if (sleep !== undefined) this.sleepAll([sleep]).catch(onError);
    });
  }

  /** Takes no more jobs, and resolves when those in hand are done. */
  async rest(): Promise<void> {
    await this.#worker?.close();
  }

  /** Lets go of the connections, whatever they are waiting for. */
  close(): void {
    this.#worker?.disconnect().catch(() => undefined);
    this.#queue.disconnect().catch(() => undefined);
    this.#workerClient?.disconnect();
  }

  async #add(jobs: readonly Wanted[]): Promise<void> {
    if (jobs.length > 0) await this.#queue.addBulk([...jobs]);
  }
}
