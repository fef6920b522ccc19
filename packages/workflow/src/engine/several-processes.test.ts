import { expect, it } from 'vitest';
import type { FlowDefinition, InvocationResult, Notice, Notices } from '../contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { createManualClock, eventLoopTurns } from '../test-world/manual-clock.ts';
import { createRecordingInvoker } from '../test-world/recording-invoker.ts';
import { flowOf, never, triggers } from '../test-world/test-world.ts';
import { createEmbeddedDispatcher } from './embedded-dispatcher.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine-contract.ts';

/** Notices between processes in one; `isDeaf` loses all of them. */
function createBus(isDeaf = false): () => Notices {
  const members: ((notice: Notice) => void)[][] = [];
  return () => {
    const own: ((notice: Notice) => void)[] = [];
    members.push(own);
    return {
      publish: (notice) => {
        if (isDeaf) return;
        for (const member of members) if (member !== own) for (const listener of member) listener(notice);
      },
      subscribe: (listener) => {
        own.push(listener);
        return () => own.splice(own.indexOf(listener), 1);
      },
    };
  };
}

/** One store, a process that only answers HTTP and one that only works. */
async function processes(
  flow: FlowDefinition,
  options: { readonly isDeaf?: boolean; readonly respond?: () => Promise<InvocationResult> } = {},
) {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const schedules = createMemoryScheduleStore();
  const join = createBus(options.isDeaf);
  const invoker = createRecordingInvoker(
    options.respond ?? (() => ({ statusCode: 200, headers: {}, body: 'from upstream' })),
  );
  const open = (owner: string, advancesRuns: boolean): Engine => {
    let guids = 0;
    const notices = join();
    return createEngine({
      store,
      clock,
      invoker,
      schedules,
      notices,
      advancesRuns,
      leaseMs: 5_000,
      dispatcher: createEmbeddedDispatcher(clock, store, { shared: { notices } }),
      flows: { load: async () => flow },
      ids: { owner, guid: () => `${owner}-${++guids}`, random: () => 0.5 },
    });
  };
  const web = open('web', false);
  const worker = open('worker', true);
  await web.start();
  await worker.start();
  return { clock, store, web, worker, invoker };
}

const asking = flowOf({
  triggers,
  actions: {
    Ask: { type: 'Http', inputs: { method: 'POST', uri: 'https://up.test/a', retryPolicy: { type: 'none' } } },
    Response: {
      type: 'Response',
      inputs: { statusCode: 201, headers: { 'x-a': 1 }, body: "@body('Ask')" },
      runAfter: { Ask: ['Succeeded'] },
    },
  },
});

it.each([
  ['when it is told', false],
  ['when no notice arrives', true],
])('answers a caller with what another process says, %s', async (_when, isDeaf) => {
  const { web, clock, store } = await processes(asking, { isDeaf });
  const { runs } = await web.fire({ flow: asking, trigger: 'manual', outputs: {}, wantsResponse: true });
  await clock.advance(3_000);
  expect(await runs[0]?.response).toEqual({
    kind: 'response',
    statusCode: 201,
    headers: { 'x-a': '1' },
    body: 'from upstream',
  });
  expect((await store.findRun(runs[0]?.runId ?? ''))?.status).toBe('Succeeded');
});

it.each([
  [1, 30, false],
  [1, 30, true],
  [41, 3, false],
])(
  'answers a caller of a run that sleeps elsewhere %i times for %i s (no notice arrives: %s)',
  async (count, seconds, isDeaf) => {
    const late = flowOf({
      triggers,
      actions: {
        Again: {
          type: 'Until',
          expression: false,
          limit: { count },
          actions: { Sleep: { type: 'Wait', inputs: { interval: { count: seconds, unit: 'Second' } } } },
        },
        Response: { type: 'Response', inputs: { statusCode: 201 }, runAfter: { Again: ['Succeeded'] } },
      },
    });
    const { web, clock, store } = await processes(late, { isDeaf });
    const { runs } = await web.fire({ flow: late, trigger: 'manual', outputs: {}, wantsResponse: true });
    await clock.advance(count * seconds * 1_000 + 3_000);
    const isInTime = count * seconds < 120;
    const message = await Promise.race([runs[0]?.response, Promise.resolve('nothing')]);
    expect(message).toEqual(isInTime ? { kind: 'response', statusCode: 201, headers: {}, body: null } : 'nothing');
    const [answer] = await store.listActions(runs[0]?.runId ?? '', 'Response');
    expect([answer?.status, answer?.code]).toEqual(
      isInTime ? ['Succeeded', 'OK'] : ['Failed', 'ActionResponseTimedOut'],
    );
  },
);

it('tells a caller that the run has ended elsewhere without a Response action', async () => {
  const silent = flowOf({
    triggers,
    actions: {
      End: { type: 'Terminate', inputs: { runStatus: 'Cancelled' } },
      Response: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { End: ['Succeeded'] } },
    },
  });
  const { web, clock } = await processes(silent);
  const { runs } = await web.fire({ flow: silent, trigger: 'manual', outputs: {}, wantsResponse: true });
  await clock.advance(100);
  expect(await runs[0]?.response).toMatchObject({ kind: 'no-response', code: 'NoResponse' });
});

it('skips the answer of a run for which nobody waits, there or here', async () => {
  const { web, clock, store } = await processes(asking);
  const { runs } = await web.fire({ flow: asking, trigger: 'manual', outputs: {} });
  await clock.advance(100);
  const records = await store.listActions(runs[0]?.runId ?? '');
  expect(records.map(({ action, status }) => [action, status])).toEqual([
    ['Ask', 'Succeeded'],
    ['Response', 'Skipped'],
  ]);
});

it.each([
  ['when it is told', false],
  ['with its next sign of life', true],
])('stops a run that another process has in hand, %s', async (_when, isDeaf) => {
  const { web, clock, store } = await processes(asking, { isDeaf, respond: () => never });
  const { runs } = await web.fire({ flow: asking, trigger: 'manual', outputs: {} });
  const runId = runs[0]?.runId ?? '';
  await clock.advance(1_500);
  expect((await store.findRun(runId))?.status).toBe('Running');
  expect(await web.cancel(runId)).toBe(true);
  await clock.advance(2_000);
  expect((await store.findRun(runId))?.status).toBe('Cancelled');
});

it.each([
  ['that sleeps', {}, 'Waiting'],
  ['that waits for its turn', { runtimeConfiguration: { concurrency: { runs: 1 } } }, 'Waiting'],
])('stops a run %s, from a process that advances none', async (_what, more, status) => {
  const flow = flowOf({
    triggers: { manual: { type: 'Request', ...more } },
    actions: { Slow: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Day' } } } },
  });
  const { web, clock, store } = await processes(flow, { isDeaf: true });
  await web.fire({ flow, trigger: 'manual', outputs: {} });
  const { runs } = await web.fire({ flow, trigger: 'manual', outputs: {} });
  const runId = runs[0]?.runId ?? '';
  await clock.advance(10_000);
  expect((await store.findRun(runId))?.status).toBe(status);
  expect(await web.cancel(runId)).toBe(true);
  await clock.advance(10_000);
  expect((await store.findRun(runId))?.status).toBe('Cancelled');
});

it('starts one run per unique key, whoever is asked', async () => {
  const { web, worker, clock, invoker } = await processes(asking);
  const request = { flow: asking, trigger: 'manual', outputs: {}, uniqueKey: 'one' } as const;
  const results = [await web.fire(request), await worker.fire(request), await web.fire(request)];
  await clock.advance(100);
  expect(results.map(({ fired, reason }) => reason?.code ?? fired)).toEqual([true, 'Duplicate', 'Duplicate']);
  expect(invoker.calls.length).toBe(1);
});

it('fires at its time what another process has scheduled', async () => {
  const everyMinute = flowOf({
    triggers: { Every: { type: 'Recurrence', recurrence: { frequency: 'Minute', interval: 1 } } },
    actions: { Note: { type: 'Compose', inputs: 1 } },
  });
  const { web, clock, store } = await processes(everyMinute);
  await web.scheduleFlow(everyMinute);
  await clock.advance(1);
  await eventLoopTurns();
  await clock.advance(125_000);
  expect((await store.listRuns({ flowId: everyMinute.flowId, limit: 10 })).map(({ status }) => status)).toEqual([
    'Succeeded',
    'Succeeded',
    'Succeeded',
  ]);
});

it('runs stateless flows where they are started', async () => {
  const stateless = { ...asking, stateless: true };
  const { web, worker, clock, store } = await processes(stateless);
  await worker.drain(0);
  const { runs } = await web.fire({ flow: stateless, trigger: 'manual', outputs: {}, wantsResponse: true });
  await clock.advance(100);
  expect(await runs[0]?.response).toMatchObject({ kind: 'response', statusCode: 201 });
  expect(await store.findRun(runs[0]?.runId ?? '')).toBeUndefined();
});
