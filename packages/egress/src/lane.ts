import type { ConnectionLimits, GovernorClock } from './governor.ts';

type Waiter = {
  readonly limits: ConnectionLimits;
  readonly untilMs: number;
  readonly settle: (mayGo: boolean) => void;
};

const minuteMs = 60_000;

/** The requests of one connection: who may go now and who waits, in the order in which they came. */
export class Lane {
  /** Repeats of refused requests that are still allowed. */
  repeats: number;
  readonly #clock: GovernorClock;
  readonly #waiters: Waiter[] = [];
  #underWay = 0;
  /** Requests that may go at once; refills evenly up to a minute's (token bucket). */
  #tokens = Number.POSITIVE_INFINITY;
  #filledAtMs: number;
  #pausedUntilMs = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: GovernorClock, repeats: number) {
    this.#clock = clock;
    this.#filledAtMs = clock.nowMs();
    this.repeats = repeats;
  }

  /** Lets a request go at once, when it may and nobody came before. */
  tryEnter(limits: ConnectionLimits): boolean {
    if (this.#waiters.length > 0 || this.#waitMs(limits) !== 0) return false;
    this.#take();
    return true;
  }

  /** Resolves with `true` when a request may go, with `false` as soon as that would be too late; rejects when the signal says so. */
  enter(limits: ConnectionLimits, untilMs: number, signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const cancelExpiry = this.#clock.after(Math.max(0, untilMs - this.#clock.nowMs()), () => waiter.settle(false));
      // A promise is settled once: the reason goes before the answer.
      const abort = (): void => {
        reject(signal?.reason);
        waiter.settle(false);
      };
      const waiter: Waiter = {
        limits,
        untilMs,
        settle: (mayGo) => {
          cancelExpiry();
          signal?.removeEventListener('abort', abort);
          const place = this.#waiters.indexOf(waiter);
          if (place !== -1) this.#waiters.splice(place, 1);
          resolve(mayGo);
        },
      };
      if (signal?.aborted === true) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiters.push(waiter);
      this.#admit();
    });
  }

  leave(): void {
    this.#underWay -= 1;
    this.#admit();
  }

  /** Holds everybody back until a time. */
  pauseUntil(atMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, atMs);
  }

  isIdle(): boolean {
    return this.#underWay === 0 && this.#waiters.length === 0 && this.#pausedUntilMs <= this.#clock.nowMs();
  }

  /** Lets go who may, turns away who would come too late, and looks again when the first of the others may. */
  #admit(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    for (let [first] = this.#waiters; first !== undefined; [first] = this.#waiters) {
      const waitMs = this.#waitMs(first.limits);
      if (waitMs === 0) {
        this.#take();
        first.settle(true);
      } else if (waitMs === undefined) {
        return;
      } else if (this.#clock.nowMs() + waitMs > first.untilMs) {
        first.settle(false);
      } else {
        this.#cancelTimer = this.#clock.after(waitMs, () => this.#admit());
        return;
      }
    }
  }

  #take(): void {
    this.#underWay += 1;
    this.#tokens -= 1;
  }

  /** How long the next request has to wait; undefined: until another one is over. */
  #waitMs({ requestsPerMinute, concurrentRequests }: ConnectionLimits): number | undefined {
    const nowMs = this.#clock.nowMs();
    if (nowMs < this.#pausedUntilMs) return this.#pausedUntilMs - nowMs;
    if (concurrentRequests > 0 && this.#underWay >= concurrentRequests) return undefined;
    if (requestsPerMinute === 0) return 0;
    const msPerRequest = minuteMs / requestsPerMinute;
    this.#tokens = Math.min(requestsPerMinute, this.#tokens + (nowMs - this.#filledAtMs) / msPerRequest);
    this.#filledAtMs = nowMs;
    return this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) * msPerRequest);
  }
}
