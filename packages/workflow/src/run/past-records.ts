import { setImmediate } from 'node:timers/promises';
import type { ActionRecord, RecordTally, RunStore } from '../contract.ts';

/** Records that are read at a time: some milliseconds' worth. */
const recordsPerPage = 500;
/** How long reading may hold the event loop before everything else gets its turn. */
const sliceMs = 5;

/** The records inside the loops of a run that nobody else writes now: counted, and read page by page. */
export class PastRecords {
  readonly #store: RunStore;
  readonly #runId: string;
  readonly #tallies = new Map<string, RecordTally[]>();
  #lastSequence = 0;
  #sliceEndMs = 0;

  constructor(store: RunStore, runId: string) {
    this.#store = store;
    this.#runId = runId;
  }

  /** The highest of those that were counted. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  async tally(): Promise<void> {
    for (const tally of await this.#store.tallyActions(this.#runId)) {
      this.#lastSequence = Math.max(this.#lastSequence, tally.lastSequence);
      const known = this.#tallies.get(tally.action);
      if (known === undefined) this.#tallies.set(tally.action, [tally]);
      else known.push(tally);
    }
  }

  /** How many records of an action were counted, by status and hundreds of iterations. */
  tallies(action: string): readonly RecordTally[] {
    return this.#tallies.get(action) ?? [];
  }

  /** The iterations of all hundreds in which records of an action were counted. */
  iterations(action: string): readonly string[] {
    const hundreds = new Set(this.tallies(action).map(({ hundred }) => hundred));
    return [...hundreds].flatMap(iterationsOf);
  }

  /** Those that there are of these actions in these iterations, a page at a time. */
  async *pages(actions: readonly string[], iterations: readonly string[]): AsyncGenerator<readonly ActionRecord[]> {
    if (actions.length === 0) return;
    const iterationsPerPage = Math.max(1, Math.floor(recordsPerPage / actions.length));
    for (let first = 0; first < iterations.length; first += iterationsPerPage) {
      const page = iterations.slice(first, first + iterationsPerPage);
      yield await this.#store.readActions({ runId: this.#runId, actions, iterations: page });
      await this.#rest();
    }
  }

  /** A store may answer at once, time after time. */
  async #rest(): Promise<void> {
    if (performance.now() < this.#sliceEndMs) return;
    await setImmediate();
    this.#sliceEndMs = performance.now() + sliceMs;
  }
}

/** The keys of a hundred of iterations. */
export function iterationsOf(hundred: string): readonly string[] {
  return Array.from({ length: 100 }, (_, index) => hundred + String(index).padStart(2, '0'));
}
