import { ExpressionError } from './errors.ts';

/** Longest text that an expression makes, as the ecosystem's. */
export const maximumTextLength = 104_857_600;
/** Most items of an array that an expression makes. */
export const maximumItems = 1_000_000;
/** Characters and items that one evaluation may go through, over all its functions. */
const maximumWork = 2 ** 31;
const maximumMs = 5_000;
/** What finding and replacing a part of a text costs beside its characters. */
export const costOfMatch = 16;
/** Work after which the clock is looked at. */
const workBetweenLooks = 2 ** 20;

/**
 * What one evaluation has cost so far. Functions are bounded one by one; the meter bounds what an expression makes of many of them,
 * by work and by time. It belongs to one compiled template and is reset when an evaluation begins.
 */
export class Meter {
  readonly #now: () => number;
  #limit = maximumWork;
  #spent = 0;
  #nextLook = 0;
  #startedAtMs = 0;

  /** `now` counts milliseconds from any moment. */
  constructor(now = (): number => performance.now()) {
    this.#now = now;
  }

  /** Work since it began. */
  get spent(): number {
    return this.#spent;
  }

  /** Begins anew, with less than the usual allowance of work where that is said. */
  begin(limit = maximumWork): void {
    this.#limit = limit;
    this.#spent = 0;
    this.#nextLook = Math.min(workBetweenLooks, limit);
    this.#startedAtMs = 0;
  }

  /** Notes work that was done or is about to be. Throws when it is too much, or has taken too long. */
  charge(work: number): void {
    this.#spent += work;
    if (this.#spent >= this.#nextLook) this.#look();
  }

  #look(): void {
    // Work alone decides until the first look; an evaluation that never gets here needs no clock.
    const now = this.#now();
    if (this.#startedAtMs === 0) this.#startedAtMs = now;
    if (this.#spent <= this.#limit && now - this.#startedAtMs <= maximumMs) {
      this.#nextLook = Math.min(this.#spent + workBetweenLooks, Math.max(this.#limit, this.#spent + 1));
      return;
    }
    // What has run out stays so: whoever goes on is stopped at the next charge.
    throw new ExpressionError(
      'The evaluation of the expression was stopped because it takes too long. Split it up, or give it less to work on.',
      { reason: 'limit-exceeded' },
    );
  }
}
