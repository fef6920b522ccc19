import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { FlowDefinition, RunStore } from '../contract.ts';
import { eventLoopTurns } from '../test-world/manual-clock.ts';
import { flowOf, never, world } from '../test-world/test-world.ts';
import type { Engine } from './engine-contract.ts';

const minuteMs = 60_000;

/** A flow whose runs take a minute. */
function slowFlow(trigger: { readonly [name: string]: JsonValue }, change: Partial<FlowDefinition> = {}) {
  return flowOf(
    {
      triggers: { manual: { type: 'Request', ...trigger } },
      actions: {
        Slow: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } },
        Answer: {
          type: 'Response',
          inputs: { statusCode: 200, body: "@triggerBody()?['n']" },
          runAfter: { Slow: ['Succeeded'] },
        },
      },
    },
    change,
  );
}

function atATime(runs: number, maximumWaitingRuns: number): { readonly [name: string]: JsonValue } {
  return { runtimeConfiguration: { concurrency: { runs, maximumWaitingRuns } } };
}

function fire(engine: Engine, flow: FlowDefinition, n: number, wantsResponse = false) {
  return engine.fire({ flow, trigger: 'manual', outputs: { body: { n } }, wantsResponse });
}

/** Oldest first. */
async function statuses(store: RunStore): Promise<readonly string[]> {
  const runs = await store.listRuns({ flowId: 'flow', limit: 1_000 });
  const began = async (runId: string): Promise<string> => {
    const [slow] = await store.listActions(runId, 'Slow');
    return slow === undefined || slow.status === 'Skipped' ? '' : slow.startTime.slice(14, 19);
  };
  return (await Promise.all(runs.map(async ({ runId, status }) => `${status} ${await began(runId)}`.trim()))).reverse();
}

it('runs as many as its trigger lets, oldest first, and turns away who finds no place to wait', async () => {
  const { engine, store, clock } = world();
  const flow = slowFlow(atATime(1, 2));
  const one = engine(flow);
  await one.start();
  for (const n of [1, 2, 3]) expect((await fire(one, flow, n)).fired).toBe(true);
  expect(await fire(one, flow, 4)).toEqual({
    runs: [],
    fired: false,
    reason: {
      code: 'TooManyRuns',
      message: "Trigger 'manual' has 1 run(s) at a time, and 2 wait for their turn already.",
    },
  });
  await eventLoopTurns();
  expect(await statuses(store)).toEqual(['Waiting 00:00', 'Waiting', 'Waiting']);
  await clock.advance(minuteMs + 1_000);
  expect((await fire(one, flow, 5)).fired).toBe(true);
  await clock.advance(5 * minuteMs);
  expect(await statuses(store)).toEqual(['Succeeded 00:00', 'Succeeded 01:00', 'Succeeded 02:00', 'Succeeded 03:00']);
  await one.drain(0);
});

it('keeps who waits over a restart', async () => {
  const { engine, store, clock } = world();
  const flow = slowFlow({ operationOptions: 'SingleInstance' });
  const one = engine(flow);
  await one.start();
  for (const n of [1, 2, 3]) await fire(one, flow, n);
  await eventLoopTurns();
  await one.drain(0);
  await clock.advance(10 * minuteMs);
  const two = engine(flow, 'two');
  await two.start();
  await clock.advance(5 * minuteMs);
  expect(await statuses(store)).toEqual(['Succeeded 00:00', 'Succeeded 10:00', 'Succeeded 11:00']);
  await two.drain(0);
});

it('lets a run that waits be stopped, and the next in its place', async () => {
  const { engine, store, clock } = world();
  const flow = slowFlow(atATime(1, 5));
  const one = engine(flow);
  await one.start();
  const runs = [];
  for (const n of [1, 2, 3]) runs.push((await fire(one, flow, n)).runs[0]?.runId ?? '');
  expect(await one.cancel(runs[1] ?? '')).toBe(true);
  await eventLoopTurns();
  expect(await statuses(store)).toEqual(['Waiting 00:00', 'Cancelled', 'Waiting']);
  await clock.advance(3 * minuteMs);
  expect(await statuses(store)).toEqual(['Succeeded 00:00', 'Cancelled', 'Succeeded 01:00']);
  await one.drain(0);
});

it('answers the caller of a run that had to wait', async () => {
  const { engine, clock } = world();
  const flow = slowFlow(atATime(1, 5));
  const one = engine(flow);
  await one.start();
  await fire(one, flow, 1);
  const { runs } = await fire(one, flow, 2, true);
  // The second waits a minute for its turn and takes another.
  await clock.advance(minuteMs + 55_000);
  await clock.advance(5_000);
  expect(await Promise.race([runs[0]?.response, never])).toMatchObject({ kind: 'response', body: 2 });
  await one.drain(0);
});

it('counts the runs of stateless flows as well', async () => {
  const { engine, clock } = world();
  const flow = slowFlow(atATime(1, 1), { stateless: true });
  const one = engine(flow);
  await one.start();
  const first = await fire(one, flow, 1, true);
  const second = await fire(one, flow, 2, true);
  expect((await fire(one, flow, 3)).reason?.code).toBe('TooManyRuns');
  await clock.advance(2 * minuteMs);
  expect([await first.runs[0]?.response, await second.runs[0]?.response]).toMatchObject([{ body: 1 }, { body: 2 }]);
  expect(await one.cancel(second.runs[0]?.runId ?? '')).toBe(false);
  await one.drain(0);
});

it('takes all runs that a trigger splits into, or none', async () => {
  const { engine, store, clock } = world();
  const flow = slowFlow({ ...atATime(2, 1), splitOn: '@triggerBody()' });
  const one = engine(flow);
  await one.start();
  const split = (count: number) =>
    one.fire({ flow, trigger: 'manual', outputs: { body: Array.from({ length: count }, (_, n) => ({ n })) } });
  expect((await split(5)).runs).toHaveLength(5);
  expect((await split(1)).reason?.code).toBe('TooManyRuns');
  expect((await split(101)).reason).toEqual({
    code: 'InvalidInput',
    message: "Trigger 'manual' splits into 101 runs; the limit is 100.",
  });
  await clock.advance(4 * minuteMs);
  expect(await statuses(store)).toEqual([
    'Succeeded 00:00',
    'Succeeded 00:00',
    'Succeeded 01:00',
    'Succeeded 01:00',
    'Succeeded 02:00',
  ]);
  await one.drain(0);
});

it('catches up with windows one run after another', async () => {
  const { engine, store, clock } = world();
  const flow = flowOf({
    triggers: {
      Slide: {
        type: 'SlidingWindow',
        recurrence: { frequency: 'Hour', interval: 1, startTime: '2025-12-31T18:00:00Z' },
        ...atATime(1, 1),
      },
    },
    actions: { Slow: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } } },
  });
  const one = engine(flow);
  await one.start();
  await one.scheduleFlow(flow);
  await clock.advance(30 * minuteMs);
  const runs = await store.listRuns({ flowId: 'flow', limit: 100 });
  expect(runs.map(({ status, trigger }) => `${status} ${trigger.scheduledTime?.slice(11, 16)}`).reverse()).toEqual(
    ['18', '19', '20', '21', '22', '23', '00'].map((hour) => `Succeeded ${hour}:00`),
  );
  await one.drain(0);
});
