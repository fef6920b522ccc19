import { expect, it } from 'vitest';
import type { InvocationResult } from '../contract.ts';
import { eventLoopTurns } from '../test-world/manual-clock.ts';
import { flowOf, never, triggers, world } from '../test-world/test-world.ts';

const post = { type: 'Http', inputs: { method: 'POST', uri: 'https://up.test/a', retryPolicy: { type: 'none' } } };

it('starts one run per unique key', async () => {
  const { engine } = world();
  const flow = flowOf({ triggers, actions: {} });
  const one = engine(flow);
  const request = { flow, trigger: 'MANUAL', outputs: {}, uniqueKey: 'k' };
  const [first, second] = [await one.fire(request), await one.fire(request)];
  expect([first.fired, first.runs.length, second]).toEqual([
    true,
    1,
    { runs: [], fired: false, reason: { code: 'Duplicate', message: "A run with the key 'k' exists already." } },
  ]);
  await one.drain(0);
});

it('gives ids that sort newest first', async () => {
  const { engine, store, clock } = world();
  const flow = flowOf({ triggers, actions: {} });
  const one = engine(flow);
  const ids: string[] = [];
  for (let round = 0; round < 3; round++) {
    ids.push((await one.fire({ flow, trigger: 'manual', outputs: {} })).runs[0]?.runId ?? '');
    await clock.advance(round);
  }
  expect(ids.every((id) => /^0858\d{25}CU\d\d$/.test(id))).toBe(true);
  expect((await store.listRuns({ flowId: 'flow', limit: 5 })).map((run) => run.runId)).toEqual([...ids].reverse());
  await one.drain(0);
});

it('answers a waiting caller, and says when nothing answered', async () => {
  const { engine } = world();
  const flow = flowOf({
    triggers,
    actions: {
      If: {
        type: 'If',
        expression: '@equals(triggerBody(),1)',
        actions: { R: { type: 'Response', inputs: { statusCode: 418, body: 'tea' } } },
      },
    },
  });
  const one = engine(flow);
  const answers = [];
  for (const body of [1, 2]) {
    const { runs } = await one.fire({ flow, trigger: 'manual', outputs: { body }, wantsResponse: true });
    answers.push(await runs[0]?.response);
  }
  expect(answers).toEqual([
    { kind: 'response', statusCode: 418, headers: {}, body: 'tea' },
    {
      kind: 'no-response',
      code: 'NoResponse',
      message: 'The server did not receive a response: the run ended without a Response action.',
    },
  ]);
  await one.drain(0);
});

it('skips a Response that nobody waits for and still succeeds', async () => {
  const { engine, store } = world();
  const flow = flowOf({ triggers, actions: { R: { type: 'Response', inputs: { statusCode: 200 } } } });
  const one = engine(flow);
  const { runs } = await one.fire({ flow, trigger: 'manual', outputs: {} });
  const runId = runs[0]?.runId ?? '';
  await one.settled(runId);
  expect((await store.findRun(runId))?.status).toBe('Succeeded');
  expect((await store.listActions(runId))[0]).toMatchObject({
    status: 'Skipped',
    code: 'ActionResponseSkipped',
    error: { code: 'ActionResponseSkipped' },
  });
  await one.drain(0);
});

const pause = (seconds: number) => ({ type: 'Wait', inputs: { interval: { count: seconds, unit: 'Second' } } });

it.each([
  ['for so long that it sleeps', pause(130), pause(1)],
  ['bit by bit', pause(70), pause(60)],
])('fails a Response for which its caller has waited in vain, %s', async (_how, first, second) => {
  const { engine, store, clock } = world();
  const flow = flowOf({
    triggers,
    actions: {
      First: first,
      Second: { ...second, runAfter: { First: ['Succeeded'] } },
      R: { type: 'Response', inputs: { body: 1 }, runAfter: { Second: ['Succeeded'] } },
    },
  });
  const one = engine(flow);
  await one.start();
  const runId = (await one.fire({ flow, trigger: 'manual', outputs: {}, wantsResponse: true })).runs[0]?.runId ?? '';
  await clock.advance(135_000);
  expect(await store.findRun(runId)).toMatchObject({ status: 'Failed', code: 'ActionFailed' });
  expect((await store.listActions(runId, 'R'))[0]).toMatchObject({
    status: 'Failed',
    code: 'ActionResponseTimedOut',
    inputs: '{"body":1}',
  });
  await one.drain(0);
});

it('cancels a run in hand: what runs is cancelled, the rest skipped', async () => {
  const { engine, store, clock } = world(() => never);
  const flow = flowOf({
    triggers,
    actions: {
      S: { type: 'Scope', actions: { Call: post } },
      After: { type: 'Compose', inputs: 1, runAfter: { S: ['Succeeded'] } },
    },
  });
  const one = engine(flow);
  const runId = (await one.fire({ flow, trigger: 'manual', outputs: {} })).runs[0]?.runId ?? '';
  await clock.advance(10);
  expect(await one.cancel(runId)).toBe(true);
  const states = (await store.listActions(runId)).map(({ action, status, code }) => `${action}: ${status} ${code}`);
  expect((await store.findRun(runId))?.status).toBe('Cancelled');
  expect(states.sort()).toEqual([
    'After: Skipped ActionSkipped',
    'Call: Cancelled ActionCancelled',
    'S: Cancelled ActionCancelled',
  ]);
  expect(await one.cancel(runId)).toBe(false);
  await one.drain(0);
});

it('cancels a sleeping run', async () => {
  const { engine, store, clock } = world();
  const flow = flowOf({ triggers, actions: { W: { type: 'Wait', inputs: { interval: { count: 9, unit: 'Day' } } } } });
  const one = engine(flow);
  await one.start();
  const runId = (await one.fire({ flow, trigger: 'manual', outputs: {} })).runs[0]?.runId ?? '';
  await clock.advance(1_000);
  expect((await store.findRun(runId))?.status).toBe('Waiting');
  expect(await one.cancel(runId)).toBe(true);
  await clock.advance(1_000);
  expect((await store.findRun(runId))?.status).toBe('Cancelled');
  await one.drain(0);
});

it('never repeats a call in doubt when its policy forbids it, and says so', async () => {
  const { engine, store, clock, invoker } = world(() => never);
  const flow = flowOf({ triggers, actions: { Call: post } });
  const dying = engine(flow, 'dying');
  const runId = (await dying.fire({ flow, trigger: 'manual', outputs: {} })).runs[0]?.runId ?? '';
  await eventLoopTurns();
  expect((await store.listActions(runId))[0]).toMatchObject({ status: 'Running', intent: { attempt: 1 } });
  const claimed = await store.claim(runId, 'dying', 0);
  expect(claimed?.lease.epoch).toBe(2);
  const next = engine(flow, 'next');
  await next.start();
  await clock.advance(60_000);
  const message = "The call of action 'Call' was under way when its process ended: whether it happened is not known.";
  expect((await store.listActions(runId))[0]).toMatchObject({
    status: 'Failed',
    code: 'ActionOutcomeUnknown',
    error: { code: 'ActionOutcomeUnknown', message },
    retryHistory: [{ code: 'ActionOutcomeUnknown' }],
  });
  expect(invoker.calls).toHaveLength(1);
  await next.drain(0);
});

it('repeats a call in doubt with the same key when its policy allows it', async () => {
  const answers: (InvocationResult | Promise<InvocationResult>)[] = [
    never,
    { statusCode: 200, headers: {}, body: 'done' },
  ];
  const { engine, store, clock, invoker } = world(() => answers.shift() ?? never);
  const flow = flowOf({
    triggers,
    actions: { Call: { type: 'Http', inputs: { method: 'POST', uri: 'https://up.test/a', body: '@guid()' } } },
  });
  const runId = (await engine(flow, 'dying').fire({ flow, trigger: 'manual', outputs: {} })).runs[0]?.runId ?? '';
  await eventLoopTurns();
  await store.claim(runId, 'dying', 0);
  const next = engine(flow, 'next');
  await next.start();
  await clock.advance(60_000);
  expect((await store.listActions(runId))[0]).toMatchObject({
    status: 'Succeeded',
    retryHistory: [{ code: 'ActionOutcomeUnknown' }],
  });
  expect(invoker.calls.map((call) => call.attempt)).toEqual([1, 2]);
  expect(new Set(invoker.calls.map((call) => call.key)).size).toBe(1);
  await next.drain(0);
});

it('hands a run over when it is drained', async () => {
  const { engine, store, clock } = world(() => never);
  const flow = flowOf({
    triggers,
    actions: { Call: { type: 'Http', inputs: { method: 'GET', uri: 'https://up.test/' } } },
  });
  const one = engine(flow);
  const runId = (await one.fire({ flow, trigger: 'manual', outputs: {} })).runs[0]?.runId ?? '';
  const drained = one.drain(1_000);
  await clock.advance(2_000);
  await drained;
  expect(await store.due(clock.nowMs(), 5)).toEqual([runId]);
  await expect(one.fire({ flow, trigger: 'manual', outputs: {} })).rejects.toMatchObject({ code: 'EngineStopped' });
});

it('keeps no record of a stateless run and never sleeps it', async () => {
  const { engine, store, clock } = world();
  const flow = flowOf(
    {
      triggers,
      actions: {
        W: { type: 'Wait', inputs: { interval: { count: 110, unit: 'Second' } } },
        R: { type: 'Response', inputs: { body: 1 }, runAfter: { W: ['Succeeded'] } },
      },
    },
    { stateless: true },
  );
  const one = engine(flow);
  const { runs } = await one.fire({ flow, trigger: 'manual', outputs: {}, wantsResponse: true });
  await clock.advance(111_000);
  expect(await runs[0]?.response).toEqual({ kind: 'response', statusCode: 200, headers: {}, body: 1 });
  expect(await store.listRuns({ flowId: 'flow', limit: 5 })).toEqual([]);
  await one.drain(0);
});

it('fires a recurrence by its slots, over a restart, without forgetting or repeating one', async () => {
  const { engine, store, clock, schedules } = world();
  const flow = flowOf({
    triggers: { Tick: { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } } },
    actions: { A: { type: 'Compose', inputs: 1 } },
  });
  const one = engine(flow);
  await one.start();
  await one.scheduleFlow(flow);
  await clock.advance(2 * 3_600_000 + 1);
  await one.drain(0);
  await clock.advance(30_000);
  const two = engine(flow, 'two');
  await two.start();
  await two.scheduleFlow(flow);
  await clock.advance(3_600_000);
  const times = (await store.listRuns({ flowId: 'flow', limit: 50 })).map((run) => run.trigger.scheduledTime);
  expect(times).toEqual([
    '2026-01-01T03:00:00.0000000Z',
    '2026-01-01T02:00:00.0000000Z',
    '2026-01-01T01:00:00.0000000Z',
    '2026-01-01T00:00:00.0000000Z',
  ]);
  await two.unscheduleFlow('flow');
  expect(await schedules.list('flow')).toEqual([]);
  await two.drain(0);
});

it('drops the slots that were missed while nobody was there', async () => {
  const { engine, store, clock } = world();
  const flow = flowOf({
    triggers: { Tick: { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } } },
    actions: {},
  });
  const one = engine(flow);
  await one.start();
  await one.scheduleFlow(flow);
  await clock.advance(1);
  await one.drain(0);
  await clock.advance(10 * 3_600_000 + 1_800_000);
  const two = engine(flow, 'two');
  await two.start();
  await clock.advance(1_800_000);
  const times = (await store.listRuns({ flowId: 'flow', limit: 50 })).map((run) => run.trigger.scheduledTime);
  expect(times).toEqual(['2026-01-01T11:00:00.0000000Z', '2026-01-01T00:00:00.0000000Z']);
  await two.drain(0);
});

it('runs a loop of 100,000 items without holding the event loop', async () => {
  const { engine, store } = world();
  const flow = flowOf({
    triggers,
    actions: {
      N: { type: 'InitializeVariable', inputs: { variables: [{ name: 'n', type: 'integer', value: 0 }] } },
      Each: {
        type: 'Foreach',
        foreach: '@range(0,100000)',
        runAfter: { N: ['Succeeded'] },
        actions: { Add: { type: 'IncrementVariable', inputs: { name: 'n' } } },
      },
    },
    outputs: { n: { type: 'Int', value: "@variables('n')" } },
  });
  const one = engine(flow);
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns++;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const runId = (await one.fire({ flow, trigger: 'manual', outputs: {} })).runs[0]?.runId ?? '';
  await one.settled(runId);
  isOver = true;
  expect((await store.findRun(runId))?.outputs).toBe('{"n":{"type":"Int","value":100000}}');
  expect(turns).toBeGreaterThan(10);
  await one.drain(0);
});
