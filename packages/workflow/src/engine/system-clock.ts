import type { Clock } from '../contract.ts';

/** The longest delay that a timer of the platform can hold. */
const longestDelayMs = 2_147_483_647;

/** The machine's clock. A timer keeps the process alive until it has fired or was cancelled. */
export function createSystemClock(): Clock {
  return {
    nowMs: () => Date.now(),
    at(timeMs, callback) {
      let timer: NodeJS.Timeout;
      const arm = (): void => {
        const delayMs = Math.max(0, timeMs - Date.now());
        timer = delayMs > longestDelayMs ? setTimeout(arm, longestDelayMs) : setTimeout(callback, delayMs);
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
