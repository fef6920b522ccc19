import type { Clock, RunStore } from '../contract.ts';
import type { Run } from '../run/run.ts';
import type { RunRest } from '../run/run-request.ts';
import type { EngineLogger } from './engine-contract.ts';
import { HeldMap } from './held-map.ts';

export type ActiveRun = { readonly run: Run; readonly store: RunStore; readonly rest: PromiseWithResolvers<RunRest> };

/** How long the records of runs that are given up may take to be written. */
const releaseMs = 5_000;

export type ActiveRunsOptions = {
  readonly clock: Clock;
  /** Where the leases of runs that last are renewed. */
  readonly store: RunStore;
  readonly owner: string;
  readonly leaseMs: number;
  readonly logger: EngineLogger;
  /** Others may ask something of runs that are in hand here; whether they have is looked up as often as leases are renewed. */
  readonly isShared: boolean;
};

/** The runs in this process's memory, and the leases that say so. */
export class ActiveRuns {
  readonly #options: ActiveRunsOptions;
  readonly #byId = new HeldMap<string, ActiveRun>();
  #renewal: (() => void) | undefined;
  /** Since when no lease has run out before it was renewed, and when the last renewal that succeeded was asked for. */
  #heldFromMs = 0;
  #renewedMs = 0;
  #onIdle: (() => void) | undefined;

  constructor(options: ActiveRunsOptions) {
    this.#options = options;
  }

  find(runId: string): ActiveRun | undefined {
    return this.#byId.get(runId);
  }

  hold(run: Run, store: RunStore): ActiveRun {
    const active = { run, store, rest: Promise.withResolvers<RunRest>() };
    // What was said of it under its lease before is no matter: who asks has said something since.
    if (this.#byId.size === 0) this.#heldFromMs = this.#renewedMs = this.#options.clock.nowMs();
    this.#byId.set(run.runId, active);
    this.#renewLater();
    return active;
  }

  /** Whether runs that were this process's at a time still are, as far as it knows: it was not frozen for so long that others may have taken them. */
  isHeldSince(ms: number): boolean {
    const { clock, leaseMs } = this.#options;
    const nowMs = clock.nowMs();
    if (nowMs - ms < leaseMs / 2) return true;
    return this.#heldFromMs <= ms && nowMs - this.#renewedMs < (leaseMs * 2) / 3;
  }

  /** The run has left memory. */
  forget(runId: string, rest: RunRest): void {
    const active = this.#byId.get(runId);
    this.#byId.delete(runId);
    active?.rest.resolve(rest);
    if (this.#byId.size > 0) return;
    this.#stopRenewing();
    this.#onIdle?.();
  }

  /** Waits until no run is in memory, or until the time is up; what is left then is given up in good order. */
  async drain(timeoutMs: number): Promise<void> {
    const { clock } = this.#options;
    if (this.#byId.size > 0) {
      await new Promise<void>((resolve) => {
        const cancel = clock.at(clock.nowMs() + timeoutMs, resolve);
        this.#onIdle = () => {
          cancel();
          resolve();
        };
      });
    }
    // What still runs is handed over: it is due at once, for whoever looks next.
    const released = this.#byId.values().map(({ run, rest }) => {
      run.release();
      return rest.promise;
    });
    await this.#settleWithin(released, releaseMs);
    // A store that takes nothing keeps no process from ending: what is left goes on by its records.
    for (const { run } of this.#byId.values()) run.abandon();
    this.#stopRenewing();
  }

  async #settleWithin(work: readonly Promise<unknown>[], timeoutMs: number): Promise<void> {
    if (work.length === 0) return;
    const { clock } = this.#options;
    await new Promise<void>((resolve) => {
      const cancel = clock.at(clock.nowMs() + timeoutMs, resolve);
      void Promise.all(work).then(() => {
        cancel();
        resolve();
      });
    });
  }

  /** While runs are in hand, says so well before their leases end. */
  #renewLater(): void {
    if (this.#renewal !== undefined) return;
    const { clock, store, owner, leaseMs, logger } = this.#options;
    this.#renewal = clock.at(clock.nowMs() + leaseMs / 3, () => {
      this.#renewal = undefined;
      if (this.#byId.size === 0) return;
      this.#renewLater();
      const askedMs = clock.nowMs();
      store
        .renew(owner, askedMs + leaseMs)
        .then(() => this.#renewed(askedMs))
        .catch((error: unknown) => logger.error({ err: error }, 'leases could not be renewed'));
      if (this.#options.isShared) this.stopAsked();
    });
  }

  #renewed(askedMs: number): void {
    const { clock, leaseMs } = this.#options;
    const nowMs = clock.nowMs();
    if (nowMs - this.#renewedMs > leaseMs) this.#heldFromMs = nowMs;
    this.#renewedMs = Math.max(this.#renewedMs, askedMs);
  }

  /** Stops the runs of which another process was asked to. */
  stopAsked(): void {
    const { store, owner, logger } = this.#options;
    store
      .cancelRequested(owner)
      .then((runIds) => {
        for (const runId of runIds) this.#byId.get(runId)?.run.cancel();
      })
      .catch((error: unknown) => logger.error({ err: error }, 'what is asked of runs could not be read'));
  }

  #stopRenewing(): void {
    this.#renewal?.();
    this.#renewal = undefined;
  }
}
