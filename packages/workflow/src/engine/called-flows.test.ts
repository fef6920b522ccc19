import { parseJson, type Value } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { FlowDefinition, RunRecord } from '../contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { dyingStore } from '../test-world/dying-store.ts';
import { createManualClock } from '../test-world/manual-clock.ts';
import { createRecordingInvoker } from '../test-world/recording-invoker.ts';
import { flowOf, triggers, type World, world } from '../test-world/test-world.ts';
import { createEmbeddedDispatcher } from './embedded-dispatcher.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine-contract.ts';

type Actions = { readonly [name: string]: { readonly [member: string]: Value } };

const parentOf = (call: { readonly [member: string]: Value } = {}, more: Actions = {}): FlowDefinition =>
  flowOf({
    triggers,
    actions: {
      Call: {
        type: 'Workflow',
        inputs: { host: { workflow: { id: 'Child' } }, body: { n: '@triggerBody()' }, headers: { 'x-a': 'b' } },
        ...call,
      },
      ...more,
    },
  } as never);

const childOf = (actions: Actions, change: Partial<FlowDefinition> = {}): FlowDefinition =>
  flowOf({ triggers, actions } as never, { flowId: 'child', displayName: 'Child', ...change });

const respond = (change: { readonly [member: string]: Value } = {}) => ({
  type: 'Response',
  inputs: { statusCode: 200, headers: { 'x-n': "@{triggerBody()?['n']}" }, body: '@triggerOutputs()' },
  ...change,
});

const pause = (count: number, unit: string) => ({ type: 'Wait', inputs: { interval: { count, unit } } });

async function start(engine: Engine, flow: FlowDefinition): Promise<string> {
  await engine.start();
  const { runs } = await engine.fire({ flow, trigger: 'manual', outputs: { body: 7 }, clientTrackingId: 'traced' });
  return runs[0]?.runId ?? '';
}

async function stop({ clock }: World, engine: Engine): Promise<void> {
  const drained = engine.drain(0);
  await clock.advance(0);
  await drained;
}

const childrenIn = ({ store }: World): Promise<readonly RunRecord[]> => store.listRuns({ flowId: 'child', limit: 100 });

async function call({ store }: World, runId: string) {
  const record = await store.findAction({ runId, action: 'Call', iteration: '' });
  return { status: record?.status, code: record?.code, outputs: parseJson(record?.outputs ?? 'null') };
}

/** How a call of a flow comes out, and how many runs that took. */
async function outcome(parent: FlowDefinition, ...others: readonly FlowDefinition[]) {
  const on = world();
  const engine = on.engine(parent, 'one', others);
  const runId = await start(engine, parent);
  await on.clock.advance(3_600_000);
  const result = { ...(await call(on, runId)), children: (await childrenIn(on)).map(({ status }) => status) };
  await engine.drain(0);
  return result;
}

it('calls a flow and gives what it answers', async () => {
  const on = world();
  const parent = parentOf();
  const child = childOf({ Response: respond() });
  const engine = on.engine(parent, 'one', [child]);
  const runId = await start(engine, parent);
  await on.clock.advance(10);
  expect(await call(on, runId)).toEqual({
    status: 'Succeeded',
    code: 'OK',
    outputs: {
      statusCode: 200,
      headers: { 'x-n': '7' },
      body: { headers: { 'x-a': 'b' }, body: { n: 7 } },
    },
  });
  expect(
    (await childrenIn(on)).map(({ status, clientTrackingId, parent: by }) => ({ status, clientTrackingId, by })),
  ).toEqual([
    { status: 'Succeeded', clientTrackingId: 'traced', by: { runId, action: 'Call', iteration: '', depth: 1 } },
  ]);
  expect((await on.store.findRun(runId))?.status).toBe('Succeeded');
  await engine.drain(0);
});

it('goes on with the answer while the called flow does', async () => {
  const on = world();
  const parent = parentOf();
  const child = childOf({ Response: respond(), Later: { ...pause(1, 'Day'), runAfter: { Response: ['Succeeded'] } } });
  const engine = on.engine(parent, 'one', [child]);
  const runId = await start(engine, parent);
  await on.clock.advance(10);
  expect((await on.store.findRun(runId))?.status).toBe('Succeeded');
  expect((await childrenIn(on)).map(({ status }) => status)).toEqual(['Waiting']);
  await on.clock.advance(90_000_000);
  expect((await childrenIn(on)).map(({ status }) => status)).toEqual(['Succeeded']);
  await engine.drain(0);
});

it.each<[string, FlowDefinition, readonly FlowDefinition[], string, string, readonly string[]]>([
  [
    'a refusal',
    parentOf(),
    [childOf({ Response: respond({ inputs: { statusCode: 404 } }) })],
    'Failed',
    'NotFound',
    ['Succeeded'],
  ],
  [
    'errors, as often as its policy says',
    parentOf({
      inputs: { host: { workflow: { id: 'Child' } }, retryPolicy: { type: 'fixed', count: 2, interval: 'PT1M' } },
    }),
    [childOf({ Response: respond({ inputs: { statusCode: 500 } }) })],
    'Failed',
    'InternalServerError',
    ['Succeeded', 'Succeeded', 'Succeeded'],
  ],
  [
    'an end without an answer',
    parentOf(),
    [
      childOf({
        Response: respond({ runAfter: { Bad: ['Succeeded'] } }),
        Bad: { type: 'Compose', inputs: "@int('x')" },
      }),
    ],
    'Failed',
    'NoResponse',
    ['Failed'],
  ],
  [
    'no Response action',
    parentOf(),
    [childOf({ A: { type: 'Compose', inputs: 1 } })],
    'Failed',
    'NestedWorkflowDoesNotContainResponseAction',
    [],
  ],
  ['no such flow', parentOf(), [], 'Failed', 'NestedWorkflowNotFound', []],
  [
    'a stopped flow',
    parentOf(),
    [childOf({ Response: respond() }, { revision: 0 })],
    'Failed',
    'WorkflowNotEnabled',
    [],
  ],
  [
    'no such trigger',
    parentOf({ inputs: { host: { triggerName: 'other', workflow: { id: 'Child' } } } }),
    [childOf({ Response: respond() })],
    'Failed',
    'WorkflowTriggerNotFound',
    [],
  ],
  [
    'a trigger that splits',
    parentOf(),
    [
      flowOf(
        {
          triggers: { manual: { type: 'Request', splitOn: '@triggerBody()' } },
          actions: { Response: respond() },
        } as never,
        {
          flowId: 'child',
          displayName: 'Child',
        },
      ),
    ],
    'Failed',
    'NestedWorkflowContainsSplitOnTrigger',
    [],
  ],
  ['a stateless flow', parentOf(), [childOf({ Response: respond() }, { stateless: true })], 'Succeeded', 'OK', []],
])('comes to its end by %s', async (_what, parent, others, status, code, children) => {
  expect(await outcome(parent, ...others)).toMatchObject({ status, code, children });
});

it('calls from a stateless flow', async () => {
  const on = world();
  const parent = {
    ...parentOf(
      {},
      { Response: respond({ inputs: { statusCode: 200, body: "@body('Call')" }, runAfter: { Call: ['Succeeded'] } }) },
    ),
    stateless: true,
  };
  const engine = on.engine(parent, 'one', [
    childOf({ A: pause(1, 'Minute'), Response: respond({ runAfter: { A: ['Succeeded'] } }) }),
  ]);
  await engine.start();
  const { runs } = await engine.fire({ flow: parent, trigger: 'manual', outputs: { body: 1 }, wantsResponse: true });
  await on.clock.advance(61_000);
  expect(await runs[0]?.response).toMatchObject({ statusCode: 200, body: { body: { n: 1 } } });
  await engine.drain(0);
});

it('comes to an end when a flow calls itself', async () => {
  const on = world();
  const itself = flowOf({
    triggers,
    actions: {
      Call: { type: 'Workflow', inputs: { host: { workflow: { id: 'Flow' } } } },
      Response: respond({ inputs: { statusCode: 200 }, runAfter: { Call: ['Succeeded', 'Failed'] } }),
    },
  } as never);
  const engine = on.engine(itself);
  await start(engine, itself);
  await on.clock.advance(10_000);
  const runs = await on.store.listRuns({ flowId: 'flow', limit: 100 });
  const codes = await Promise.all(runs.map(async ({ runId }) => (await call(on, runId)).code));
  expect([runs.length, codes.filter((code) => code !== 'OK')]).toEqual([26, ['NestedWorkflowTooDeep']]);
  await engine.drain(0);
});

it('stops what it called when it is stopped', async () => {
  const on = world();
  const parent = parentOf();
  const engine = on.engine(parent, 'one', [
    childOf({ A: pause(1, 'Day'), Response: respond({ runAfter: { A: ['Succeeded'] } }) }),
  ]);
  const runId = await start(engine, parent);
  await on.clock.advance(10_000);
  await engine.cancel(runId);
  await on.clock.advance(1_000);
  expect([(await on.store.findRun(runId))?.status, ...(await childrenIn(on)).map(({ status }) => status)]).toEqual([
    'Cancelled',
    'Cancelled',
  ]);
  await engine.drain(0);
});

it('stops what it called when its time is up', async () => {
  const on = world();
  const parent = parentOf({ limit: { timeout: 'PT1M' } });
  const engine = on.engine(parent, 'one', [
    childOf({ A: pause(1, 'Day'), Response: respond({ runAfter: { A: ['Succeeded'] } }) }),
  ]);
  const runId = await start(engine, parent);
  await on.clock.advance(61_000);
  expect(await call(on, runId)).toMatchObject({ status: 'TimedOut', code: 'ActionTimedOut' });
  expect((await childrenIn(on)).map(({ status }) => status)).toEqual(['Cancelled']);
  await engine.drain(0);
});

it('waits for days, and in other processes', async () => {
  const on = world();
  const parent = parentOf();
  const others = [childOf({ A: pause(3, 'Day'), Response: respond({ runAfter: { A: ['Succeeded'] } }) })];
  const one = on.engine(parent, 'one', others);
  const runId = await start(one, parent);
  await on.clock.advance(86_400_000);
  await stop(on, one);
  const two = on.engine(parent, 'two', others);
  await two.start();
  await on.clock.advance(3 * 86_400_000);
  expect(await call(on, runId)).toMatchObject({ status: 'Succeeded' });
  expect((await childrenIn(on)).length).toBe(1);
  await two.drain(0);
});

it('calls from every item of a loop', async () => {
  const on = world();
  const parent = flowOf({
    triggers,
    actions: {
      Each: {
        type: 'Foreach',
        foreach: '@range(1, 20)',
        actions: {
          Call: { type: 'Workflow', inputs: { host: { workflow: { id: 'Child' } }, body: { n: '@item()' } } },
        },
      },
      Sum: { type: 'Compose', inputs: "@length(body('Call'))", runAfter: { Each: ['Succeeded'] } },
    },
  } as never);
  const engine = on.engine(parent, 'one', [
    childOf({ A: pause(1, 'Minute'), Response: respond({ runAfter: { A: ['Succeeded'] } }) }),
  ]);
  const runId = await start(engine, parent);
  await on.clock.advance(600_000);
  expect((await on.store.findAction({ runId, action: 'Sum', iteration: '' }))?.outputs).toBe('20');
  expect((await childrenIn(on)).length).toBe(20);
  await engine.drain(0);
});

const wholeParent = parentOf(
  { inputs: { host: { workflow: { id: 'Child' } }, body: { n: '@triggerBody()' } } },
  {
    Each: {
      type: 'Foreach',
      foreach: '@range(1, 3)',
      actions: { Again: { type: 'Workflow', inputs: { host: { workflow: { id: 'Child' } }, body: { n: '@item()' } } } },
      runAfter: { Call: ['Succeeded'] },
    },
    Result: { type: 'Compose', inputs: "@string(body('Again'))", runAfter: { Each: ['Succeeded'] } },
  },
);
const wholeChild = childOf({
  Post: { type: 'Http', inputs: { method: 'POST', uri: "https://up.test/@{triggerBody()?['n']}" } },
  A: { ...pause(1, 'Minute'), runAfter: { Post: ['Succeeded'] } },
  Response: respond({ inputs: { statusCode: 200, body: "@body('Post')" }, runAfter: { A: ['Succeeded'] } }),
});

async function runWhole(crashAt: number, isHeard: boolean) {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const invoker = createRecordingInvoker(({ uri }) => ({
    statusCode: 200,
    headers: {},
    body: Number(uri.split('/').at(-1)),
  }));
  const dying = dyingStore(store, crashAt, isHeard);
  const open = (over: typeof store, owner: string): Engine => {
    let guids = 0;
    return createEngine({
      store: over,
      clock,
      invoker,
      dispatcher: createEmbeddedDispatcher(clock, over),
      flows: { load: async (flowId) => (flowId === 'child' ? wholeChild : wholeParent) },
      directory: {
        findCalled: async () => ({ flow: wholeChild, isStarted: true }),
        findNewest: async () => undefined,
      },
      schedules: createMemoryScheduleStore(),
      ids: { owner, guid: () => `${owner}-${++guids}`, random: () => 0.5 },
    });
  };
  const one = open(dying, 'dying');
  await one.start();
  const { runs } = await one.fire({ flow: wholeParent, trigger: 'manual', outputs: { body: 7 } });
  await clock.advance(3_600_000);
  const two = open(store, 'next');
  await two.start();
  await clock.advance(3_600_000);
  const runId = runs[0]?.runId ?? '';
  const result = await store.findAction({ runId, action: 'Result', iteration: '' });
  const children = await store.listRuns({ flowId: 'child', limit: 100 });
  await two.drain(0);
  return {
    end: {
      status: (await store.findRun(runId))?.status,
      result: result?.outputs,
      children: children.map(({ status }) => status),
    },
    appends: dying.appends(),
  };
}

it.each([
  ['before the append', true],
  ['after the append', false],
])(
  'comes to the same end after a crash %s, whichever append it is, and starts no flow twice',
  async (_when, isHeard) => {
    const undisturbed = await runWhole(Number.POSITIVE_INFINITY, true);
    expect(undisturbed.end).toEqual({
      status: 'Succeeded',
      result: '"[1,2,3]"',
      children: ['Succeeded', 'Succeeded', 'Succeeded', 'Succeeded'],
    });
    for (let crashAt = 2; crashAt <= undisturbed.appends; crashAt++) {
      const { end } = await runWhole(crashAt, isHeard);
      expect({ crashAt, ...end }).toEqual({ crashAt, ...undisturbed.end });
    }
  },
);

it.each([
  ['a while', 5, 'Succeeded', 1],
  ['good', 1_000, 'Failed', 0],
])('calls a flow when what starts it is away for %s', async (_how, failures, status, children) => {
  const on = world();
  const [parent, child] = [parentOf(), childOf({ Response: respond() })];
  let asked = 0;
  const engine = on.engine(parent, 'one', [child], {
    directory: {
      findCalled: async () => {
        asked += 1;
        if (asked <= failures) throw new Error('the connection was cut');
        return { flow: child, isStarted: true };
      },
      findNewest: async () => undefined,
    },
    logger: { warn: () => undefined, error: () => undefined },
  });
  const runId = await start(engine, parent);
  await on.clock.advance(600_000);
  expect([(await on.store.findRun(runId))?.status, (await childrenIn(on)).length]).toEqual([status, children]);
  await stop(on, engine);
});
