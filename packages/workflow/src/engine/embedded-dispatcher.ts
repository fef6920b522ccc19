import type { Clock, Dispatcher, RunStore } from '../contract.ts';

/** Runs that are taken up in one look at the store. */
const batchSize = 64;
/** How soon to look again when the store could not be asked. */
const retryMs = 5_000;

/**
 * The dispatcher of one process over its own store: what is due is asked of the record at the time when something becomes due, so
 * nothing is kept here that a crash could lose.
 */
export function createEmbeddedDispatcher(clock: Clock, runs: Pick<RunStore, 'due' | 'nextDueMs'>): Dispatcher {
  return new EmbeddedDispatcher(clock, runs);
}

class EmbeddedDispatcher implements Dispatcher {
  readonly #clock: Clock;
  readonly #runs: Pick<RunStore, 'due' | 'nextDueMs'>;
  /** Runs being advanced; `true`: once more when they come to rest. */
  readonly #active = new Map<string, boolean>();
  #advance: ((runId: string) => Promise<void>) | undefined;
  #timer: { readonly atMs: number; readonly cancel: () => void } | undefined;
  #scan: Promise<void> | undefined;
  #isStopped = false;
  #onRest: (() => void) | undefined;

  constructor(clock: Clock, runs: Pick<RunStore, 'due' | 'nextDueMs'>) {
    this.#clock = clock;
    this.#runs = runs;
  }

  async start(advance: (runId: string) => Promise<void>): Promise<void> {
    this.#advance = advance;
    await this.#look();
  }

  wake(runId: string): void {
    if (this.#isStopped || this.#advance === undefined) return;
    if (this.#active.has(runId)) this.#active.set(runId, true);
    else this.#deliver(runId, this.#advance);
  }

  wakeAt(_runId: string, atMs: number): void {
    this.#lookAt(atMs);
  }

  async stop(drainMs: number): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
    await this.#scan;
    if (this.#active.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.at(this.#clock.nowMs() + drainMs, resolve);
      this.#onRest = () => {
        cancel();
        resolve();
      };
    });
  }

  #deliver(runId: string, advance: (runId: string) => Promise<void>): void {
    this.#active.set(runId, false);
    const done = (): void => {
      const again = this.#active.get(runId) === true;
      this.#active.delete(runId);
      if (again) this.wake(runId);
      if (this.#active.size === 0) this.#onRest?.();
    };
    advance(runId).then(done, done);
  }

  #look(): Promise<void> {
    this.#scan ??= this.#takeDue()
      .catch(() => this.#lookAt(this.#clock.nowMs() + retryMs))
      .finally(() => {
        this.#scan = undefined;
      });
    return this.#scan;
  }

  async #takeDue(): Promise<void> {
    if (this.#isStopped) return;
    const due = await this.#runs.due(this.#clock.nowMs(), batchSize);
    const fresh = due.filter((runId) => !this.#active.has(runId));
    for (const runId of fresh) this.wake(runId);
    // A full batch of new runs: there may be more. Runs in hand are due until they are claimed, so their time is not looked at again at once.
    if (fresh.length === batchSize) this.#lookAt(this.#clock.nowMs() + 10);
    else {
      const nextMs = await this.#runs.nextDueMs();
      if (nextMs !== undefined) this.#lookAt(Math.max(nextMs, this.#clock.nowMs() + (due.length > 0 ? 1_000 : 1)));
    }
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
