import { clockContract } from '../contract-suite/clock-contract.ts';
import { dispatcherContract } from '../contract-suite/dispatcher-contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createManualClock } from '../test-clock/manual-clock.ts';
import { createEmbeddedDispatcher } from './embedded-dispatcher.ts';
import { createSystemClock } from './system-clock.ts';

clockContract('the system clock', () => ({
  clock: createSystemClock(),
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}));

clockContract('the manual clock', () => {
  const clock = createManualClock();
  return { clock, pass: (ms) => clock.advance(ms) };
});

dispatcherContract('embedded', 'one', async () => {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const dispatcher = createEmbeddedDispatcher(clock, store);
  return {
    open: async () => dispatcher,
    store,
    nowMs: () => clock.nowMs(),
    pass: (ms) => clock.advance(ms),
    close: async () => {
      const stopped = dispatcher.stop(0);
      await clock.advance(0);
      await stopped;
    },
  };
});
