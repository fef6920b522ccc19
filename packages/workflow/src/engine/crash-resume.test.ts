import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { ActionRecord, FlowDefinition, RunStore } from '../contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { dyingStore } from '../test-clock/dying-store.ts';
import { createManualClock, type ManualClock } from '../test-clock/manual-clock.ts';
import { createRecordingInvoker, type RecordingInvoker } from '../test-clock/recording-invoker.ts';
import { createEmbeddedDispatcher } from './embedded-dispatcher.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine-contract.ts';

const definition: JsonValue = {
  triggers: { manual: { type: 'Request' } },
  actions: {
    Total: { type: 'InitializeVariable', inputs: { variables: [{ name: 'total', type: 'integer', value: 0 }] } },
    Seen: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'seen', type: 'array', value: [] }] },
      runAfter: { Total: ['Succeeded'] },
    },
    Each: {
      type: 'Foreach',
      foreach: "@triggerBody()?['items']",
      runtimeConfiguration: { concurrency: { repetitions: 2 } },
      runAfter: { Seen: ['Succeeded'] },
      actions: {
        Post: { type: 'Http', inputs: { method: 'POST', uri: 'https://up.test/@{item()}', body: '@item()' } },
        Add: {
          type: 'IncrementVariable',
          inputs: { name: 'total', value: "@body('Post')" },
          runAfter: { Post: ['Succeeded'] },
        },
        Note: {
          type: 'AppendToArrayVariable',
          inputs: { name: 'seen', value: '@item()' },
          runAfter: { Add: ['Succeeded'] },
        },
      },
    },
    Rounds: {
      type: 'Until',
      expression: "@greaterOrEquals(variables('total'), 100)",
      limit: { count: 10, timeout: 'PT12H' },
      runAfter: { Each: ['Succeeded'] },
      actions: {
        Pause: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } },
        More: { type: 'IncrementVariable', inputs: { name: 'total', value: 40 }, runAfter: { Pause: ['Succeeded'] } },
      },
    },
    Choose: {
      type: 'If',
      expression: { and: [{ greater: ["@variables('total')", 50] }] },
      runAfter: { Rounds: ['Succeeded'] },
      actions: {
        Lower: { type: 'SetVariable', inputs: { name: 'total', value: 1 } },
        Get: { type: 'Http', inputs: { method: 'GET', uri: 'https://up.test/9' }, runAfter: { Lower: ['Succeeded'] } },
      },
      else: { actions: { Never: { type: 'Compose', inputs: 'never' } } },
    },
    Result: {
      type: 'Compose',
      inputs: {
        total: "@variables('total')",
        seen: "@length(variables('seen'))",
        posts: "@length(outputs('Post'))",
        got: "@body('Get')",
      },
      runAfter: { Choose: ['Succeeded'] },
    },
  },
};

const flow: FlowDefinition = {
  flowId: 'flow',
  revision: 1,
  displayName: 'flow',
  environmentId: 'env',
  stateless: false,
  definition,
  parameters: {},
  connectionReferences: {},
};

function openEngine(store: RunStore, clock: ManualClock, invoker: RecordingInvoker, owner: string): Engine {
  let guids = 0;
  return createEngine({
    store,
    clock,
    invoker,
    dispatcher: createEmbeddedDispatcher(clock, store),
    flows: { load: async () => flow },
    schedules: createMemoryScheduleStore(),
    ids: { owner, guid: () => `${owner}-${++guids}`, random: () => 0.5 },
  });
}

const upstream = (): RecordingInvoker =>
  createRecordingInvoker(({ uri }) => ({ statusCode: 200, headers: {}, body: Number(uri.split('/').at(-1)) }));

async function allRecords(store: RunStore, runId: string): Promise<readonly ActionRecord[]> {
  const names = [
    'Total',
    'Seen',
    'Each',
    'Post',
    'Add',
    'Note',
    'Rounds',
    'Pause',
    'More',
    'Choose',
    'Lower',
    'Get',
    'Never',
    'Result',
  ];
  return (await Promise.all(names.map((name) => store.listActions(runId, name)))).flat();
}

type Ending = {
  readonly status: string | undefined;
  readonly result: string | undefined;
  readonly statuses: readonly string[];
};

async function ending(store: RunStore, runId: string): Promise<Ending> {
  const records = await allRecords(store, runId);
  return {
    status: (await store.findRun(runId))?.status,
    result: records.find((record) => record.action === 'Result')?.outputs,
    statuses: records
      .map((record) => `${record.action}/${record.iteration}: ${record.status} ${record.code ?? ''}`)
      .sort(),
  };
}

async function runToEnd(engine: Engine, clock: ManualClock): Promise<void> {
  await engine.start();
  for (let hour = 0; hour < 6; hour++) await clock.advance(3_600_000);
  const drained = engine.drain(0);
  await clock.advance(0);
  await drained;
}

async function runUndisturbed(): Promise<{ readonly ending: Ending; readonly appends: number }> {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const counted = dyingStore(store, Number.POSITIVE_INFINITY, true);
  const engine = openEngine(counted, clock, upstream(), 'only');
  const fired = await engine.fire({ flow, trigger: 'manual', outputs: { body: { items: [1, 2, 3] } } });
  await runToEnd(engine, clock);
  return { ending: await ending(store, fired.runs[0]?.runId ?? ''), appends: counted.appends() };
}

it('runs the flow to its end without a crash', async () => {
  const { ending: end, appends } = await runUndisturbed();
  expect(end.status).toBe('Succeeded');
  expect(end.result).toBe('{"total":1,"seen":3,"posts":3,"got":9}');
  expect(appends).toBeGreaterThan(6);
});

it.each([
  ['before the append', true],
  ['after the append', false],
])(
  'comes to the same end after a crash %s, whichever append it is, without repeating what was recorded',
  async (_when, isHeard) => {
    const undisturbed = await runUndisturbed();
    for (let crashAt = 2; crashAt <= undisturbed.appends; crashAt++) {
      const clock = createManualClock();
      const store = createMemoryRunStore(clock);
      const before = upstream();
      const dying = openEngine(dyingStore(store, crashAt, isHeard), clock, before, 'dying');
      const fired = await dying.fire({ flow, trigger: 'manual', outputs: { body: { items: [1, 2, 3] } } });
      const runId = fired.runs[0]?.runId ?? '';
      await dying.start();
      for (let hour = 0; hour < 6; hour++) await clock.advance(3_600_000);

      const recorded = (await allRecords(store, runId)).filter((record) => record.status === 'Succeeded');
      const after = upstream();
      await runToEnd(openEngine(store, clock, after, 'next'), clock);

      const end = await ending(store, runId);
      expect({ crashAt, ...end }).toEqual({ crashAt, ...undisturbed.ending });
      const done = new Map(
        (await allRecords(store, runId)).map((record) => [`${record.action}/${record.iteration}`, record]),
      );
      for (const record of recorded) expect(done.get(`${record.action}/${record.iteration}`)).toEqual(record);
      const repeated = after.calls.filter((call) =>
        recorded.some((record) => record.action === call.action && record.iteration === call.iteration),
      );
      expect(repeated).toEqual([]);
      const keys = new Set(
        [...before.calls, ...after.calls].map((call) => `${call.action}/${call.iteration}/${call.key}`),
      );
      expect(keys.size).toBe(4);
    }
  },
);
