import type { RunStore } from '../contract.ts';
import type { ActiveRuns } from './active-runs.ts';
import type { EngineOptions } from './engine-contract.ts';

export type RunStopsHost = {
  readonly options: Pick<EngineOptions, 'store' | 'dispatcher' | 'notices'>;
  readonly active: ActiveRuns;
  readonly statelessStore: RunStore;
  readonly resume: (runId: string, store: RunStore) => Promise<void>;
};

/** Asks runs to stop, wherever they are: here, in another process, asleep, or waiting for their turn. */
export class RunStops {
  readonly #host: RunStopsHost;

  constructor(host: RunStopsHost) {
    this.#host = host;
  }

  /**
   * Resolves when the wish is on record. `undefined`: the run has ended or is unknown. `whenStopped`: at once where the run is not here,
   * or has something to give back first.
   */
  async ask(runId: string): Promise<{ readonly whenStopped: Promise<void> } | undefined> {
    const { store, dispatcher, notices } = this.#host.options;
    const active = this.#host.active.find(runId);
    const accepted = await (active?.store ?? store).requestCancel(runId);
    if (!accepted) return active === undefined ? this.#askStateless(runId) : undefined;
    if (active === undefined) {
      dispatcher.wake(runId);
      notices?.publish({ kind: 'run', runId });
      return { whenStopped: Promise.resolve() };
    }
    const isClosing = active.run.cancel() === 'closing';
    const whenStopped = active.rest.promise.then((rest) => {
      if (rest.kind !== 'finished') dispatcher.wake(runId);
    });
    return { whenStopped: isClosing ? Promise.resolve() : whenStopped };
  }

  /** One that waits for its turn is in nobody's memory. */
  async #askStateless(runId: string): Promise<{ readonly whenStopped: Promise<void> } | undefined> {
    const { statelessStore, resume } = this.#host;
    if (!(await statelessStore.requestCancel(runId))) return undefined;
    return { whenStopped: resume(runId, statelessStore) };
  }
}
