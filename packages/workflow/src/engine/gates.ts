import type { Clock, Dispatcher, RunStore } from '../contract.ts';
import type { ActiveRuns } from './active-runs.ts';
import type { EngineLogger } from './engine-contract.ts';

/** Due runs that are looked at when one that others waited for has ended. */
const dueAtATime = 8;

export type GatesParts = {
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  readonly logger: EngineLogger;
  readonly active: ActiveRuns;
  /** Of runs that are nobody else's: no dispatcher looks there. */
  readonly statelessStore: RunStore;
  resume(runId: string, store: RunStore): Promise<void>;
  isStopping(): boolean;
};

/** Goes on with runs that waited for their turn. */
export class Gates {
  readonly #parts: GatesParts;

  constructor(parts: GatesParts) {
    this.#parts = parts;
  }

  /** A gate may have let some in: a hint, since the dispatcher finds what is recorded as well. */
  look(store: RunStore): void {
    const { clock, dispatcher, active, statelessStore, logger } = this.#parts;
    if (this.#parts.isStopping()) return;
    const report = (error: unknown): void =>
      logger.error({ err: error }, 'runs that wait for their turn could not be looked at');
    const goOn = (runId: string): void => {
      if (store !== statelessStore) dispatcher.wake(runId);
      else if (active.find(runId) === undefined) this.#parts.resume(runId, store).catch(report);
    };
    store.due(clock.nowMs(), dueAtATime).then((due) => due.forEach(goOn), report);
  }
}
