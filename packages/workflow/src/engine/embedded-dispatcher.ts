import type { Clock, Dispatcher, Notices, RunStore } from '../contract.ts';
import { Activations } from './activations.ts';

/** Runs that are taken up in one look at the store. */
const batchSize = 64;
/** Where others take some as well: few at a look, of many, so that not all want the same and each has a share. */
const sharedBatchSize = 5;
const sharedChoice = 50;
/** Runs that one process of several advances at a time, besides those that it has started. */
const sharedActive = 250;
/** How soon to look again when the store could not be asked. */
const retryMs = 5_000;
/** How late what another process made due may be found when no notice of it came. */
const sharedSleepMs = 1_000;

export type EmbeddedDispatcherOptions = {
  /** Other processes work on the same store, and may say so when something becomes due. */
  readonly shared?: { readonly notices?: Notices };
  /** In [0, 1). */
  readonly random?: () => number;
};

/**
 * The dispatcher that needs nothing but the store: what is due is asked of the record at the time when something becomes due, so nothing is
 * kept here that a crash could lose.
 */
export function createEmbeddedDispatcher(
  clock: Clock,
  runs: Pick<RunStore, 'due' | 'nextDueMs'>,
  options: EmbeddedDispatcherOptions = {},
): Dispatcher {
  return new EmbeddedDispatcher(clock, runs, options);
}

class EmbeddedDispatcher implements Dispatcher {
  readonly #clock: Clock;
  readonly #runs: Pick<RunStore, 'due' | 'nextDueMs'>;
  readonly #shared: EmbeddedDispatcherOptions['shared'];
  readonly #random: () => number;
  #activations: Activations | undefined;
  #timer: { readonly atMs: number; readonly cancel: () => void } | undefined;
  #scan: Promise<void> | undefined;
  #looksAgain = false;
  #isStopped = false;
  #unsubscribe: (() => void) | undefined;

  constructor(clock: Clock, runs: Pick<RunStore, 'due' | 'nextDueMs'>, options: EmbeddedDispatcherOptions) {
    this.#clock = clock;
    this.#runs = runs;
    this.#shared = options.shared;
    this.#random = options.random ?? Math.random;
  }

  async start(advance?: (runId: string) => Promise<void>): Promise<void> {
    if (advance === undefined) return;
    this.#activations = new Activations(advance);
    this.#unsubscribe = this.#shared?.notices?.subscribe((notice) => {
      if (notice.kind === 'due') void this.#look();
    });
    await this.#look();
  }

  wake(runId: string): void {
    if (this.#isStopped) return;
    if (this.#activations === undefined) this.#shared?.notices?.publish({ kind: 'due' });
    else void this.#activations.wake(runId);
  }

  wakeAt(_runId: string, atMs: number): void {
    if (this.#activations !== undefined) this.#lookAt(atMs);
  }

  async stop(drainMs: number): Promise<void> {
    this.#isStopped = true;
    this.#unsubscribe?.();
    this.#timer?.cancel();
    this.#timer = undefined;
    const rested = this.#activations?.close();
    await this.#scan;
    if (rested === undefined || this.#activations?.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.at(this.#clock.nowMs() + drainMs, resolve);
      void rested.then(() => {
        cancel();
        resolve();
      });
    });
  }

  #look(): Promise<void> {
    this.#looksAgain = this.#scan !== undefined;
    this.#scan ??= this.#takeDue()
      .catch(() => this.#lookAt(this.#clock.nowMs() + (this.#shared === undefined ? retryMs : sharedSleepMs)))
      .finally(() => {
        this.#scan = undefined;
        if (this.#looksAgain) void this.#look();
      });
    return this.#scan;
  }

  async #takeDue(): Promise<void> {
    const activations = this.#activations;
    if (this.#isStopped || activations === undefined) return;
    const [choice, size] = this.#shared === undefined ? [batchSize, batchSize] : [sharedChoice, sharedBatchSize];
    // A full house leaves what is due to the others for a moment.
    if (this.#shared !== undefined && activations.size >= sharedActive) return this.#lookAt(this.#clock.nowMs() + 50);
    const due = await this.#runs.due(this.#clock.nowMs(), choice);
    if (this.#isStopped) return;
    const fresh = due.filter((runId) => !activations.has(runId));
    for (const runId of this.#pick(fresh, size)) void activations.wake(runId);
    const nowMs = this.#clock.nowMs();
    // More than were taken: there may be many. Runs in hand are due until they are claimed, so their time is not looked at again at once.
    if (fresh.length >= size) this.#lookAt(nowMs + (this.#shared === undefined ? 10 : 1));
    else {
      const nextMs = await this.#runs.nextDueMs();
      if (nextMs !== undefined) this.#lookAt(Math.max(nextMs, nowMs + (due.length > 0 ? 1_000 : 1)));
    }
    if (this.#shared !== undefined) this.#lookAt(nowMs + sharedSleepMs);
  }

  /** Any few of them where others choose as well. */
  #pick(runIds: readonly string[], count: number): readonly string[] {
    if (this.#shared === undefined || runIds.length <= count) return runIds;
    const start = Math.floor(this.#random() * runIds.length);
    return Array.from({ length: count }, (_, index) => runIds[(start + index) % runIds.length] ?? '');
  }

  #lookAt(atMs: number): void {
    if (this.#isStopped || (this.#timer !== undefined && this.#timer.atMs <= atMs)) return;
    this.#timer?.cancel();
    const cancel = this.#clock.at(atMs, () => {
      this.#timer = undefined;
      void this.#look();
    });
    this.#timer = { atMs, cancel };
  }
}
