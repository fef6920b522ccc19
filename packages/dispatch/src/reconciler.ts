import type { Clock, RunStore } from '@patchbay/workflow';
import type { DispatchSettings } from './settings.ts';

/** Runs that are put into the queue again at a look, and of how many the few are chosen that go past it. */
const manyRuns = 500;
const choice = 50;

export type ReconcilerOptions = {
  readonly clock: Clock;
  readonly runs: Pick<RunStore, 'due'>;
  readonly settings: DispatchSettings;
  readonly isQueueThere: () => boolean;
  /** Puts them into the queue; those that are there already stay where they are. */
  readonly requeueAll: (runIds: readonly string[]) => Promise<void>;
  /** Whether this process may take another; while the queue is there, whether it has nothing better to do. */
  readonly hasRoom: (isQueueThere: boolean) => boolean;
  readonly isActive: (runId: string) => boolean;
  readonly take: (runId: string) => void;
};

/**
 * Looks into the record every so often for runs that are due and that nobody advances: what the queue has lost or was never given. They are
 * queued again; those that are still there some seconds later, or while the queue is away, are advanced past it, a few at a time.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #cancel: (() => void) | undefined;
  #look: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lookIn(0);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#look;
  }

  #lookIn(ms: number): void {
    if (this.#isStopped) return;
    this.#cancel?.();
    const { clock } = this.#options;
    this.#cancel = clock.at(clock.nowMs() + ms, () => {
      this.#look = this.#reconcile()
        .catch(() => false)
        .then((isMore) => this.#lookIn(isMore ? 5 : this.#pauseMs()));
    });
  }

  /** Not all at the same moment. */
  #pauseMs(): number {
    return this.#options.settings.reconcileEveryMs * (0.8 + Math.random() * 0.4);
  }

  /** Whether there is more to do at once. */
  async #reconcile(): Promise<boolean> {
    const { clock, runs, settings, isQueueThere, requeueAll } = this.#options;
    const nowMs = clock.nowMs();
    if (!isQueueThere()) return this.#takeSome(nowMs, false);
    const late = await runs.due(nowMs - settings.reconcileAfterMs, manyRuns);
    if (late.length === 0) return false;
    await requeueAll(late).catch(() => undefined);
    // A worker with full hands is behind, and the queue has the rest.
    return this.#takeSome(nowMs - settings.bypassAfterMs, true);
  }

  async #takeSome(dueMs: number, isQueueThere: boolean): Promise<boolean> {
    const { runs, settings, hasRoom, isActive, take } = this.#options;
    if (!hasRoom(isQueueThere)) return false;
    const due = (await runs.due(dueMs, choice)).filter((runId) => !isActive(runId));
    const start = due.length <= settings.bypassRuns ? 0 : Math.floor(Math.random() * due.length);
    for (let index = 0; index < Math.min(settings.bypassRuns, due.length); index++) {
      const runId = due[(start + index) % due.length];
      if (runId !== undefined && !this.#isStopped) take(runId);
    }
    return due.length >= settings.bypassRuns;
  }
}
