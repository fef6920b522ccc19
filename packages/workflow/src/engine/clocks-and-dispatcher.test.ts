import { expect, it } from 'vitest';
import { clockContract } from '../contract-suite/clock-contract.ts';
import { dispatcherContract } from '../contract-suite/dispatcher-contract.ts';
import { at, started } from '../contract-suite/run-fixtures.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createManualClock } from '../test-world/manual-clock.ts';
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

it('takes up every one of many sleepers at its time, in a row and at once', async () => {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const dispatcher = createEmbeddedDispatcher(clock, store);
  const startMs = clock.nowMs();
  const wakeTimes = Array.from({ length: 600 }, (_, index) => startMs + 1_000 + Math.min(index, 300) * 3);
  for (const [index, wakeAtMs] of wakeTimes.entries()) {
    const runId = `run-${index}`;
    const sleeping = started(runId, { leaseUntilMs: startMs });
    await store.append({ runId, epoch: 1 }, [sleeping, { kind: 'run-sleeping', runId, wakeAtMs }]);
  }
  const latenessMs: number[] = [];
  await dispatcher.start(async (runId) => {
    const run = await store.claim(runId, 'one', clock.nowMs() + 60_000);
    latenessMs.push(clock.nowMs() - (wakeTimes[Number(runId.slice(4))] ?? 0));
    if (run === undefined) return;
    await store.append(run.lease, [{ kind: 'run-finished', runId, status: 'Succeeded', endTime: at(0) }]);
  });
  await clock.advance(5_000);
  expect(latenessMs).toHaveLength(600);
  expect(Math.max(...latenessMs)).toBeLessThanOrEqual(50);
  const stopped = dispatcher.stop(0);
  await clock.advance(0);
  await stopped;
});
