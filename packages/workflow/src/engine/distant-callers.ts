import type { Clock, RunStore } from '../contract.ts';
import { readResponse } from '../run/read-response.ts';
import type { Callers } from './callers.ts';
import type { EngineLogger } from './engine-contract.ts';

/** How often the record is asked for answers of which no notice came. */
const lookEveryMs = 1_000;

export type DistantCallersOptions = {
  readonly clock: Clock;
  readonly store: RunStore;
  readonly callers: Callers;
  readonly logger: EngineLogger;
};

/** Callers that wait in this process for runs that others advance: what the record says of these runs is what they are told. */
export class DistantCallers {
  readonly #options: DistantCallersOptions;
  readonly #runIds = new Set<string>();
  #cancel: (() => void) | undefined;
  #look: Promise<void> | undefined;
  #looksAgain = false;

  constructor(options: DistantCallersOptions) {
    this.#options = options;
  }

  watch(runId: string): void {
    this.#runIds.add(runId);
    this.#lookLater();
  }

  /** There may be something new about a run. */
  hear(runId: string): void {
    if (this.#runIds.has(runId)) void this.#lookNow();
  }

  stop(): void {
    this.#runIds.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #lookLater(): void {
    if (this.#runIds.size === 0 || this.#cancel !== undefined) return;
    const { clock } = this.#options;
    this.#cancel = clock.at(clock.nowMs() + lookEveryMs, () => {
      this.#cancel = undefined;
      void this.#lookNow().then(() => this.#lookLater());
    });
  }

  #lookNow(): Promise<void> {
    this.#looksAgain = this.#look !== undefined;
    this.#look ??= this.#deliver()
      .catch((error: unknown) => this.#options.logger.warn({ err: error }, 'answers of runs could not be read'))
      .finally(() => {
        this.#look = undefined;
        if (this.#looksAgain) void this.#lookNow();
      });
    return this.#look;
  }

  async #deliver(): Promise<void> {
    const { callers, clock, store } = this.#options;
    const nowMs = clock.nowMs();
    for (const runId of this.#runIds) if ((callers.untilMs(runId) ?? 0) <= nowMs) this.#runIds.delete(runId);
    for (const runId of await store.answered([...this.#runIds])) {
      const run = await store.findRun(runId);
      this.#runIds.delete(runId);
      if (run?.response === undefined) callers.disappoint(runId, 'the run ended without a Response action');
      else callers.answer(runId, readResponse(run.response));
    }
  }
}
