import type { Meter } from './meter.ts';

/** Whoever saves a definition is not to wait for its expressions: what one call of constants may cost. */
const maximumFoldedWork = 2 ** 14;
/** What all of them may cost together. */
const maximumWork = 2 ** 20;

/** What may go into calls of constants that are evaluated before anything runs: of one text, or of all that share it. */
export class FoldingAllowance {
  #left = maximumWork;

  /** Takes what something else costs; false when so much is not left. */
  take(work: number): boolean {
    if (this.#left < work) return false;
    this.#left -= work;
    return true;
  }

  /** Evaluates a call of constants; `undefined` when so much went into others that it is left to the evaluation. */
  spend<T>(meter: Meter, evaluate: () => T): T | undefined {
    if (this.#left <= 0) return undefined;
    meter.begin(Math.min(maximumFoldedWork, this.#left));
    try {
      return evaluate();
    } finally {
      this.#left -= Math.min(meter.spent, maximumFoldedWork);
    }
  }
}
