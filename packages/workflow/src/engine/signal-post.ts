import type { Dispatcher, Notices, RunSignal, RunStore, SignalReceipt } from '../contract.ts';
import type { ActiveRuns } from './active-runs.ts';

/** Brings signals to runs: to the store first, then to the run in this process's memory or to whoever wakes it. */
export class SignalPost {
  readonly #active: ActiveRuns;
  readonly #store: RunStore;
  readonly #dispatcher: Dispatcher;
  readonly #notices: Notices | undefined;

  constructor(
    active: ActiveRuns,
    store: RunStore,
    { dispatcher, notices }: { readonly dispatcher: Dispatcher; readonly notices?: Notices },
  ) {
    this.#active = active;
    this.#store = store;
    this.#dispatcher = dispatcher;
    this.#notices = notices;
  }

  /** Resolves when the signal is durable. */
  async put(signal: RunSignal): Promise<SignalReceipt> {
    const receipt = await (this.#active.find(signal.runId)?.store ?? this.#store).putSignal(signal);
    if (receipt === 'taken') this.#hand(signal);
    return receipt;
  }

  /** A run has sent a signal, kept with its own records where both runs are recorded in one store. */
  async forward(signal: RunSignal, sender: RunStore): Promise<void> {
    const target = this.#active.find(signal.runId)?.store ?? this.#store;
    if (target === sender) this.#hand(signal);
    else await this.put(signal);
  }

  /** Signals may have come by way of another process. */
  async fetch(runId: string): Promise<void> {
    const active = this.#active.find(runId);
    active?.run.deliver(await active.store.pendingSignals(runId));
  }

  #hand(signal: RunSignal): void {
    const { runId } = signal;
    const active = this.#active.find(runId);
    if (active === undefined) {
      this.#dispatcher.wake(runId);
      this.#notices?.publish({ kind: 'run', runId });
    } else if (!active.run.deliver([signal])) {
      void active.rest.promise.then(({ kind }) => kind === 'sleeping' && this.#dispatcher.wake(runId));
    }
  }
}
