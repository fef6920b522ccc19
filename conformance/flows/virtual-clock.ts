import type { Clock } from '@patchbay/workflow';

/** Time that passes at once: whenever nothing is left to do now, it is the time of the next callback. */
export type VirtualClock = Clock & {
  /** Lets time pass until a promise is settled, at most so many callbacks long; answers whether it is. */
  passUntil(settled: Promise<unknown>, maximumSteps: number): Promise<boolean>;
};

type Timer = { readonly atMs: number; readonly callback: () => void };

/** How often the event loop turns before nothing is taken to be left to do: engines answer within a few turns. */
const quietTurns = 8;

export function createVirtualClock(startMs: number): VirtualClock {
  let nowMs = startMs;
  const timers = new Set<Timer>();
  return {
    nowMs: () => nowMs,
    at(atMs, callback) {
      const timer = { atMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async passUntil(settled, maximumSteps) {
      let isSettled = false;
      const note = (): void => {
        isSettled = true;
      };
      settled.then(note, note);
      for (let step = 0; step < maximumSteps; step++) {
        for (let turn = 0; turn < quietTurns && !isSettled; turn++) await eventLoopTurn();
        if (isSettled) return true;
        const next = soonest(timers);
        if (next === undefined) continue;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.callback();
      }
      return isSettled;
    },
  };
}

function soonest(timers: ReadonlySet<Timer>): Timer | undefined {
  let found: Timer | undefined;
  for (const timer of timers) if (found === undefined || timer.atMs < found.atMs) found = timer;
  return found;
}

function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
