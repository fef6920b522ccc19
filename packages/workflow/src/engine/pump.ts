import type { Run } from '../run/run.ts';

/** How long runs may hold the event loop before everything else gets its turn. */
const sliceMs = 5;

/** Gives runs their turns: in the turn of whoever woke them while the slice lasts, then after the event loop has been round. */
export class Pump {
  readonly #queued = new Set<Run>();
  #isPlanned = false;
  #deadlineMs = 0;

  schedule(run: Run): void {
    this.#queued.add(run);
    this.#plan();
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    if (this.#deadlineMs !== 0 && performance.now() >= this.#deadlineMs) setImmediate(this.#nextTurn);
    else queueMicrotask(this.#work);
  }

  readonly #nextTurn = (): void => {
    this.#deadlineMs = 0;
    this.#work();
  };

  readonly #work = (): void => {
    this.#isPlanned = false;
    if (this.#deadlineMs === 0) this.#beginSlice();
    for (const run of this.#queued) {
      this.#queued.delete(run);
      if (run.advance(this.#deadlineMs)) this.#queued.add(run);
      if (performance.now() >= this.#deadlineMs) break;
    }
    if (this.#queued.size > 0) this.#plan();
  };

  #beginSlice(): void {
    this.#deadlineMs = performance.now() + sliceMs;
    // Whatever happens in later turns of the event loop has a slice of its own.
    setImmediate(() => {
      this.#deadlineMs = 0;
    });
  }
}
