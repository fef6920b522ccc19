import { Activations, type Clock, type Dispatcher, type EngineLogger, type RunStore } from '@patchbay/workflow';
import { Reconciler } from './reconciler.ts';
import { RedisLink } from './redis-link.ts';
import { RunQueue } from './run-queue.ts';
import { type DispatchSettings, defaultSettings } from './settings.ts';
import { TimerFeed } from './timer-feed.ts';

/** How much further than they are fed wake-ups go into the queue by themselves: none falls between the two. */
const overlapMs = 60 * 60 * 1000;

/** What the queue is given to hear of the last runs once the time to stop is up. */
const lastWordMs = 500;

export type RedisDispatcherOptions = {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  /** Names the installation: several may use one Redis. */
  readonly installation: string;
  readonly clock: Clock;
  readonly runs: Pick<RunStore, 'due' | 'sleeping'>;
  readonly logger: EngineLogger;
  readonly settings?: Partial<DispatchSettings>;
};

/** A dispatcher on BullMQ, which does nothing before {@link RedisDispatcher.connect}. */
export class RedisDispatcher implements Dispatcher {
  readonly #options: RedisDispatcherOptions;
  readonly #settings: DispatchSettings;
  readonly #prefix: string;
  readonly #link: RedisLink;
  readonly #reconciler: Reconciler;
  readonly #feed: TimerFeed;
  /** When runs that are being advanced want to be woken next; the queue is told when their jobs are done. */
  readonly #wanted = new Map<string, number>();
  #queue: RunQueue | undefined;
  #activations: Activations | undefined;
  #isChecked = false;
  #isStopped = false;

  constructor(options: RedisDispatcherOptions) {
    const { clock, runs, logger } = options;
    this.#options = options;
    this.#settings = { ...defaultSettings, ...options.settings };
    // In braces: all keys in one slot of a cluster.
    this.#prefix = `{patchbay-${options.installation}}`;
    const { commandTimeoutMs, concurrency } = this.#settings;
    this.#link = new RedisLink({ url: options.url, logger, commandTimeoutMs, onReady: () => void this.#onReady() });
    this.#reconciler = new Reconciler({
      clock,
      runs,
      settings: this.#settings,
      isQueueThere: () => this.#link.isReady && this.#queue !== undefined,
      requeueAll: async (runIds) => this.#queue?.requeueAll(runIds),
      hasRoom: (isQueueThere) => (this.#activations?.size ?? 0) < (isQueueThere ? concurrency / 2 : concurrency),
      isActive: (runId) => this.#activations?.has(runId) ?? false,
      take: (runId) => void this.#take(runId),
    });
    this.#feed = new TimerFeed({
      client: this.#link.client,
      prefix: this.#prefix,
      clock,
      runs,
      settings: this.#settings,
      sleepAll: async (sleeping) => this.#queue?.sleepAll(sleeping),
    });
  }

  async connect(): Promise<void> {
    await this.#link.connect();
    if (!this.#link.isReady) return;
    try {
      await this.#link.refuseEviction();
    } catch (error) {
      this.#link.close();
      throw error;
    }
    this.#isChecked = true;
    this.#openQueue();
  }

  async start(advance?: (runId: string) => Promise<void>): Promise<void> {
    if (advance === undefined) return;
    this.#activations = new Activations(advance);
    this.#workOnQueue();
    this.#reconciler.start();
    this.#feed.look();
  }

  wake(runId: string): void {
    if (this.#isStopped) return;
    if (this.#queue !== undefined && this.#link.isReady) this.#queue.wake(runId);
    // With nobody to tell, this process does it; one that advances nothing leaves it to the workers, who look into the record.
    else void this.#take(runId);
  }

  wakeAt(runId: string, atMs: number): void {
    if (this.#isStopped || atMs > this.#options.clock.nowMs() + this.#settings.nearMs + overlapMs) return;
    if (this.#activations?.has(runId) === true) this.#wanted.set(runId, atMs);
    else this.#sleep(runId, atMs);
  }

  async stop(drainMs: number): Promise<void> {
    this.#isStopped = true;
    const { clock } = this.#options;
    await Promise.all([this.#reconciler.stop(), this.#feed.stop()]);
    const rested = Promise.all([this.#queue?.rest(), this.#activations?.close()]);
    const time = Promise.withResolvers<void>();
    const cancel = clock.at(clock.nowMs() + drainMs, time.resolve);
    await Promise.race([rested, time.promise]);
    cancel();
    // What comes to rest now, with nothing held any more, can still be said.
    await Promise.race([rested, new Promise((wake) => setTimeout(wake, lastWordMs))]);
    this.#queue?.close();
    this.#link.close();
  }

  async #onReady(): Promise<void> {
    if (this.#queue !== undefined || this.#isStopped) {
      this.#feed.look();
      return;
    }
    // The first connection of a process that was started while Redis was away.
    if (!this.#isChecked) await this.#link.refuseEviction().catch((error: unknown) => this.#report(error));
    if (this.#isChecked) return;
    this.#isChecked = true;
    this.#openQueue();
    this.#workOnQueue();
    this.#feed.look();
  }

  #openQueue(): void {
    this.#queue ??= new RunQueue({
      client: this.#link.client,
      prefix: this.#prefix,
      settings: this.#settings,
      onError: (error) => this.#report(error),
      onLost: (runIds) => {
        for (const runId of runIds) void this.#take(runId);
      },
    });
  }

  #workOnQueue(): void {
    if (this.#activations === undefined) return;
    this.#queue?.work(async (runId) => {
      await this.#activations?.wake(runId);
      const wakeAtMs = this.#wanted.get(runId);
      this.#wanted.delete(runId);
      return wakeAtMs;
    });
  }

  async #take(runId: string): Promise<void> {
    await this.#activations?.wake(runId);
    const wakeAtMs = this.#wanted.get(runId);
    this.#wanted.delete(runId);
    if (wakeAtMs !== undefined) this.#sleep(runId, wakeAtMs);
  }

  #sleep(runId: string, wakeAtMs: number): void {
    if (!this.#link.isReady) return;
    this.#queue?.sleepAll([{ runId, wakeAtMs }]).catch((error: unknown) => this.#report(error));
  }

  /** While Redis is away that has been told; what it refuses besides is worth knowing. */
  #report(error: unknown): void {
    if (!this.#link.isReady || this.#isStopped || isExpected(error)) return;
    this.#options.logger.error({ err: error, redis: this.#link.address }, 'the queue of runs failed');
  }
}

/** A connection that broke, and a job that is another worker's by now, or nobody's since Redis has forgotten it. */
function isExpected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isSystemError = 'syscall' in error;
  return (
    isSystemError || /connection is closed|isn't writeable|missing (lock|key)|timed out|LOADING/i.test(error.message)
  );
}
