import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { FlowDefinition, RunStore } from '../contract.ts';
import { flowOf, world } from '../test-world/test-world.ts';

const hourMs = 3_600_000;

function slidingFlow(recurrence: JsonValue, change: Partial<FlowDefinition> & { readonly delay?: string } = {}) {
  const { delay, ...flow } = change;
  return flowOf(
    {
      triggers: {
        Slide: { type: 'SlidingWindow', recurrence, ...(delay === undefined ? {} : { inputs: { delay } }) },
      },
      actions: { A: { type: 'Compose', inputs: "@triggerOutputs()['windowEndTime']" } },
    },
    flow,
  );
}

/** Oldest first: when a run was scheduled, and its window. */
async function windows(store: RunStore): Promise<readonly string[]> {
  const runs = await store.listRuns({ flowId: 'flow', limit: 10_000 });
  return runs
    .map(({ trigger }) => {
      const { windowStartTime, windowEndTime } = JSON.parse(trigger.outputs ?? '{}') as { [name: string]: string };
      return [trigger.scheduledTime, windowStartTime, windowEndTime].map((time) => time?.slice(0, 19)).join(' ');
    })
    .reverse();
}

it('fires for each window when it is over and the delay has passed', async () => {
  const { engine, store, clock } = world();
  const flow = slidingFlow({ frequency: 'Hour', interval: 1 }, { delay: 'PT5M' });
  const one = engine(flow);
  await one.start();
  await one.scheduleFlow(flow);
  await clock.advance(hourMs + 300_000);
  expect(await windows(store)).toEqual([
    '2026-01-01T00:05:00 2025-12-31T23:00:00 2026-01-01T00:00:00',
    '2026-01-01T01:05:00 2026-01-01T00:00:00 2026-01-01T01:00:00',
  ]);
  const [run] = await store.listRuns({ flowId: 'flow', limit: 1 });
  expect((await store.listActions(run?.runId ?? '')).map(({ outputs }) => outputs)).toEqual([
    '"2026-01-01T01:00:00.0000000Z"',
  ]);
  await one.drain(0);
});

it('catches up with every window that was missed, in order, over restarts and while it was stopped', async () => {
  const { engine, store, clock } = world();
  const flow = slidingFlow({ frequency: 'Hour', interval: 6, startTime: '2026-01-01T00:00:00Z' });
  const one = engine(flow);
  await one.start();
  await one.scheduleFlow(flow);
  await clock.advance(hourMs);
  await one.drain(0);
  await clock.advance(12 * hourMs);
  const two = engine(flow, 'two');
  await two.start();
  await two.unscheduleFlow('flow');
  await clock.advance(6 * hourMs);
  const missed = await windows(store);
  // A later revision that slides as before goes on where the earlier one was.
  const changed = slidingFlow({ frequency: 'Hour', interval: 6, startTime: '2026-01-01T00:00:00Z' }, { revision: 2 });
  await two.scheduleFlow(changed);
  await clock.advance(6 * hourMs);
  await two.drain(0);
  const all = [
    '2026-01-01T00:00:00 2025-12-31T18:00:00 2026-01-01T00:00:00',
    '2026-01-01T06:00:00 2026-01-01T00:00:00 2026-01-01T06:00:00',
    '2026-01-01T12:00:00 2026-01-01T06:00:00 2026-01-01T12:00:00',
    '2026-01-01T18:00:00 2026-01-01T12:00:00 2026-01-01T18:00:00',
    '2026-01-02T00:00:00 2026-01-01T18:00:00 2026-01-02T00:00:00',
  ];
  expect(missed).toEqual(all.slice(0, 3));
  expect(await windows(store)).toEqual(all);
});

it('begins with its start time however long ago that was, a few windows at a time', async () => {
  const { engine, store, clock } = world();
  const flow = slidingFlow({ frequency: 'Minute', interval: 1, startTime: '2025-12-31T23:00:00Z' });
  const one = engine(flow);
  await one.start();
  await one.scheduleFlow(flow);
  await clock.advance(1);
  expect(await windows(store)).toHaveLength(20);
  await clock.advance(10_000);
  const all = await windows(store);
  expect(all).toHaveLength(61);
  expect(all[0]).toBe('2025-12-31T23:00:00 2025-12-31T22:59:00 2025-12-31T23:00:00');
  expect([...all].sort()).toEqual(all);
  await one.drain(0);
});

it('fires each window once, whoever looks', async () => {
  const { engine, store, clock } = world();
  const flow = slidingFlow({ frequency: 'Minute', interval: 1, startTime: '2025-12-31T23:30:00Z' });
  const engines = [engine(flow, 'one'), engine(flow, 'two')];
  for (const one of engines) await one.start();
  await Promise.all(engines.map((one) => one.scheduleFlow(flow)));
  await clock.advance(10_000);
  const all = await windows(store);
  expect(all).toHaveLength(31);
  expect(new Set(all).size).toBe(31);
  for (const one of engines) await one.drain(0);
});

it('is seen by a process that did not schedule it', async () => {
  const { engine, store, clock } = world();
  const flow = slidingFlow({ frequency: 'Hour', interval: 1 });
  const watching = engine(flow, 'two');
  await watching.start();
  const gone = engine(flow);
  await gone.start();
  await gone.scheduleFlow(flow);
  await gone.drain(0);
  await clock.advance(hourMs);
  expect(await windows(store)).toHaveLength(2);
  await watching.drain(0);
});
