import type { Clock } from '../contract.ts';
import type { Activity } from './activity.ts';

/** The activities of a run that wait for a time: a delay, the next attempt of a call. */
export class Waits {
  readonly #clock: Clock;
  readonly #waiting = new Set<Activity>();
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  park(activity: Activity, wakeAtMs: number): void {
    activity.wakeAtMs = wakeAtMs;
    this.#waiting.add(activity);
  }

  /** When the first of them is due; undefined when none waits. */
  nextMs(): number | undefined {
    let nextMs: number | undefined;
    for (const { wakeAtMs, isDone } of this.#waiting) {
      if (!isDone && wakeAtMs !== undefined && (nextMs === undefined || wakeAtMs < nextMs)) nextMs = wakeAtMs;
    }
    return nextMs;
  }

  /** Takes out those that are due. */
  takeDue(nowMs: number): readonly Activity[] {
    const due: Activity[] = [];
    for (const activity of this.#waiting) {
      if (activity.isDone) this.#waiting.delete(activity);
      else if ((activity.wakeAtMs ?? 0) <= nowMs) {
        this.#waiting.delete(activity);
        due.push(activity);
      }
    }
    return due;
  }

  /** Calls back at a time, instead of any time asked for before. */
  callAt(wakeAtMs: number, callback: () => void): void {
    this.stop();
    this.#cancelTimer = this.#clock.at(wakeAtMs, () => {
      this.#cancelTimer = undefined;
      callback();
    });
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
