import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { allRecords, type Ending, endingOf, openEngine, runFor } from '../test-world/crash-world.ts';
import { dyingStore } from '../test-world/dying-store.ts';
import { createManualClock } from '../test-world/manual-clock.ts';
import { createRecordingInvoker, type RecordingInvoker } from '../test-world/recording-invoker.ts';
import { flowOf } from '../test-world/test-world.ts';

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

const flow = flowOf(definition);
const sixHoursMs = 21_600_000;

const upstream = (): RecordingInvoker =>
  createRecordingInvoker(({ uri }) => ({ statusCode: 200, headers: {}, body: Number(uri.split('/').at(-1)) }));

async function runUndisturbed(): Promise<{ readonly ending: Ending; readonly appends: number }> {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const counted = dyingStore(store, Number.POSITIVE_INFINITY, true);
  const engine = openEngine(counted, { flow, clock, invoker: upstream() }, 'only');
  const fired = await engine.fire({ flow, trigger: 'manual', outputs: { body: { items: [1, 2, 3] } } });
  await runFor(engine, clock, sixHoursMs);
  return { ending: await endingOf(store, fired.runs[0]?.runId ?? ''), appends: counted.appends() };
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
      const dying = openEngine(dyingStore(store, crashAt, isHeard), { flow, clock, invoker: before }, 'dying');
      const fired = await dying.fire({ flow, trigger: 'manual', outputs: { body: { items: [1, 2, 3] } } });
      const runId = fired.runs[0]?.runId ?? '';
      await dying.start();
      for (let hour = 0; hour < 6; hour++) await clock.advance(3_600_000);

      const recorded = (await allRecords(store, runId)).filter((record) => record.status === 'Succeeded');
      const after = upstream();
      await runFor(openEngine(store, { flow, clock, invoker: after }, 'next'), clock, sixHoursMs);

      const end = await endingOf(store, runId);
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
