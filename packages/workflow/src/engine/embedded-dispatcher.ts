import type { Clock, Dispatcher, Notices, RunStore } from '../contract.ts';
import { Activations } from './activations.ts';

/** Runs that are taken up and not claimed yet, so that what follows from one commit does not hold up everything else for long. */
const batchSize = 64;
/** How long to wait with the next look where something was due: what comes due meanwhile is taken up together. */
const gatherMs = 5;
/** How long a run that was taken up may be due before it is looked at again. */
const claimMs = 1_000;
/** Where others take some as well: few at a look, of many, so that not all want the same and each has a share. */
const sharedBatchSize = 5;
const sharedChoice = 50;
/** Runs that one process of several advances at a time, besides those that it has started. */
const sharedActive = 250;
/** How soon to look again when the store could not be asked. */
const retryMs = 5_000;
/** How late what another process made due may be found when no notice of it came. */
const sharedSleepMs = 1_000;

type DueRuns = Pick<RunStore, 'due' | 'nextDueMs' | 'sleeping'>;

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
  runs: DueRuns,
  options: EmbeddedDispatcherOptions = {},
): Dispatcher {
  return new EmbeddedDispatcher(clock, runs, options);
}

class EmbeddedDispatcher implements Dispatcher {
  readonly #clock: Clock;
  readonly #runs: DueRuns;
  readonly #shared: EmbeddedDispatcherOptions['shared'];
  readonly #random: () => number;
  #activations: Activations | undefined;
  #timer: { readonly atMs: number; readonly cancel: () => void } | undefined;
  #scan: Promise<void> | undefined;
  #looksAgain = false;
  #isStopped = false;
  #unsubscribe: (() => void) | undefined;

  constructor(clock: Clock, runs: DueRuns, options: EmbeddedDispatcherOptions) {
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
    const [choice, limit] = this.#shared === undefined ? [batchSize, batchSize] : [sharedChoice, sharedBatchSize];
    // A full house leaves what is due to the others for a moment.
    if (this.#shared !== undefined && activations.size >= sharedActive) return this.#lookAt(this.#clock.nowMs() + 50);
    const askedMs = this.#clock.nowMs();
    const due = await this.#runs.due(askedMs, choice);
    if (this.#isStopped) return;
    const fresh = due.filter((runId) => !activations.has(runId));
    for (const runId of this.#pick(fresh, limit)) void activations.wake(runId);
    // There may be more where a look has found as many as it may, or nothing but runs that are about to be claimed.
    const isAll = this.#shared === undefined ? due.length < choice : fresh.length < limit;
    const nextMs = isAll ? await this.#nextMs(askedMs, due.length > 0) : askedMs;
    const pauseMs = due.length > 0 && this.#shared === undefined ? gatherMs : 1;
    if (nextMs !== undefined) this.#lookAt(Math.max(nextMs, this.#clock.nowMs() + pauseMs));
    if (this.#shared !== undefined) this.#lookAt(this.#clock.nowMs() + sharedSleepMs);
  }

  /** When something comes due after a time. Runs that were taken up are due until they are claimed: they say nothing about it. */
  async #nextMs(afterMs: number, isSomethingDue: boolean): Promise<number | undefined> {
    if (!isSomethingDue) return this.#runs.nextDueMs();
    const untilMs = afterMs + claimMs;
    const [next] = await this.#runs.sleeping({ after: { runId: '', wakeAtMs: afterMs }, untilMs, limit: 1 });
    return next?.wakeAtMs ?? untilMs;
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
