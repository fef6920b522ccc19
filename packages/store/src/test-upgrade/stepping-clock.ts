import type { Clock } from '@patchbay/workflow';

/** A clock that goes on only when it is told to. */
export type SteppingClock = Clock & {
  /** Goes to the next thing to do within an hour, does it, and lets what follows from it reach the disk. */
  readonly step: () => Promise<void>;
};

const longestStepMs = 3_600_000;

export function createSteppingClock(startMs: number): SteppingClock {
  let nowMs = startMs;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  return {
    nowMs: () => nowMs,
    at(atMs, callback) {
      const timer = { atMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async step() {
      const [next] = [...timers].sort((left, right) => left.atMs - right.atMs);
      nowMs = Math.max(nowMs, Math.min(next?.atMs ?? Number.POSITIVE_INFINITY, nowMs + longestStepMs));
      if (next !== undefined && next.atMs <= nowMs) {
        timers.delete(next);
        next.callback();
      }
      await new Promise((wake) => setTimeout(wake, 5));
    },
  };
}
