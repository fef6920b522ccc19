import type { Run } from '../run/run.ts';

/** How long runs may hold the event loop before everything else gets its turn. */
const sliceMs = 5;

/** Gives runs their turns: in the turn of whoever woke them while the slice lasts, then after the event loop has been round. */
export class Pump {
  /** In order; a list, because a set that is filled and emptied all the time keeps what was in it for long (see `HeldMap`). */
  #queue: Run[] = [];
  #isPlanned = false;
  #deadlineMs = 0;

  schedule(run: Run): void {
    this.#add(run);
    this.#plan();
  }

  #add(run: Run): void {
    if (run.isQueued) return;
    run.isQueued = true;
    this.#queue.push(run);
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
    let done = 0;
    // It grows while it is gone through.
    for (const run of this.#queue) {
      done += 1;
      run.isQueued = false;
      if (run.advance(this.#deadlineMs)) this.#add(run);
      if (performance.now() >= this.#deadlineMs) break;
    }
    this.#queue = done === this.#queue.length ? [] : this.#queue.slice(done);
    if (this.#queue.length > 0) this.#plan();
  };

  #beginSlice(): void {
    this.#deadlineMs = performance.now() + sliceMs;
    // Whatever happens in later turns of the event loop has a slice of its own.
    setImmediate(() => {
      this.#deadlineMs = 0;
    });
  }
}
