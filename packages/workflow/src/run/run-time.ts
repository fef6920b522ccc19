import type { Clock, Timestamp } from '../contract.ts';
import { formatTimestamp } from './timestamp.ts';

/** The time as one run sees it; its text is made once per reading. */
export class RunTime {
  readonly #clock: Clock;
  #timeMs = 0;
  #text: Timestamp = '';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    const nowMs = this.#clock.nowMs();
    if (nowMs !== this.#timeMs || this.#text === '') {
      this.#timeMs = nowMs;
      this.#text = formatTimestamp(nowMs);
    }
    return nowMs;
  }

  timestamp(): Timestamp {
    this.now();
    return this.#text;
  }
}
