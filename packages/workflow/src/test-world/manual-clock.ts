import type { Clock } from '../contract.ts';

/** A clock that a test turns by hand. */
export type ManualClock = Clock & {
  /** Goes to a later time, calling back what falls due on the way, and lets everything that follows from it happen. */
  advance(ms: number): Promise<void>;
  /** The time of the next callback, if any. */
  nextMs(): number | undefined;
};

export function createManualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let nowMs = startMs;
  let last = 0;
  const timers = new Map<number, { readonly atMs: number; readonly callback: () => void }>();
  const next = (untilMs: number): number | undefined => {
    let found: number | undefined;
    for (const [id, { atMs }] of timers) {
      if (atMs <= untilMs && (found === undefined || atMs < (timers.get(found)?.atMs ?? 0))) found = id;
    }
    return found;
  };
  return {
    nowMs: () => nowMs,
    at(timeMs, callback) {
      const id = ++last;
      timers.set(id, { atMs: timeMs, callback });
      return () => timers.delete(id);
    },
    nextMs() {
      const id = next(Number.POSITIVE_INFINITY);
      return id === undefined ? undefined : timers.get(id)?.atMs;
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await eventLoopTurns();
      for (let id = next(untilMs); id !== undefined; id = next(untilMs)) {
        const timer = timers.get(id);
        timers.delete(id);
        nowMs = Math.max(nowMs, timer?.atMs ?? nowMs);
        timer?.callback();
        await eventLoopTurns();
      }
      nowMs = untilMs;
      await eventLoopTurns();
    },
  };
}

/** Lets promises and immediates run. */
export async function eventLoopTurns(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
