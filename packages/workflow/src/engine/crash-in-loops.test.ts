import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { FlowDefinition, RunStore } from '../contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { allRecords, type Ending, endingOf, openEngine, runFor } from '../test-world/crash-world.ts';
import { dyingStore } from '../test-world/dying-store.ts';
import { createManualClock } from '../test-world/manual-clock.ts';
import { createRecordingInvoker, type RecordingInvoker } from '../test-world/recording-invoker.ts';
import { flowOf } from '../test-world/test-world.ts';

const post = (uri: string): JsonValue => ({
  type: 'Http',
  inputs: { method: 'POST', uri },
});

/** Nobody asks for results from inside its loops, so that they are forgotten as they come. */
const nested: JsonValue = {
  triggers: { manual: { type: 'Request' } },
  actions: {
    Total: { type: 'InitializeVariable', inputs: { variables: [{ name: 'total', type: 'integer', value: 0 }] } },
    Text: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'text', type: 'string', value: '' }] },
      runAfter: { Total: ['Succeeded'] },
    },
    Outer: {
      type: 'Foreach',
      foreach: "@triggerBody()?['items']",
      runtimeConfiguration: { concurrency: { repetitions: 2 } },
      runAfter: { Text: ['Succeeded'] },
      actions: {
        Post: post('https://up.test/@{item()}'),
        Grow: {
          type: 'IncrementVariable',
          inputs: { name: 'total', value: '@item()' },
          runAfter: { Post: ['Succeeded'] },
        },
        Within: {
          type: 'Scope',
          runAfter: { Grow: ['Succeeded'] },
          actions: {
            Inner: {
              type: 'Foreach',
              foreach: '@range(0, 3)',
              runtimeConfiguration: { concurrency: { repetitions: 2 } },
              actions: {
                InnerPost: post("https://up.test/@{items('Outer')}@{item()}"),
                Mark: {
                  type: 'AppendToStringVariable',
                  inputs: { name: 'text', value: 'x' },
                  runAfter: { InnerPost: ['Succeeded'] },
                },
              },
            },
          },
        },
        Rounds: {
          type: 'Until',
          expression: '@false',
          limit: { count: 2 },
          runAfter: { Within: ['Succeeded', 'Failed'] },
          actions: { Pause: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } } },
        },
        Strict: { type: 'Compose', inputs: "@if(equals(item(), 4), int('x'), 1)", runAfter: { Post: ['Succeeded'] } },
      },
    },
    Result: {
      type: 'Compose',
      inputs: { total: "@variables('total')", text: "@length(variables('text'))" },
      runAfter: { Outer: ['Failed'] },
    },
  },
};

/** The rounds of its loop are asked for in the end. */
const kept: JsonValue = {
  triggers: { manual: { type: 'Request' } },
  actions: {
    Seen: { type: 'InitializeVariable', inputs: { variables: [{ name: 'seen', type: 'array', value: [] }] } },
    Rounds: {
      type: 'Until',
      expression: "@equals(length(variables('seen')), 3)",
      limit: { count: 5, timeout: 'PT12H' },
      runAfter: { Seen: ['Succeeded'] },
      actions: {
        Post: post('https://up.test/7'),
        Note: {
          type: 'AppendToArrayVariable',
          inputs: { name: 'seen', value: "@body('Post')" },
          runAfter: { Post: ['Succeeded'] },
        },
      },
    },
    Result: {
      type: 'Compose',
      inputs: { seen: "@variables('seen')", rounds: "@length(result('Rounds'))" },
      runAfter: { Rounds: ['Succeeded'] },
    },
  },
};

const many: JsonValue = {
  triggers: { manual: { type: 'Request' } },
  actions: {
    Each: {
      type: 'Foreach',
      foreach: "@triggerBody()?['items']",
      runtimeConfiguration: { concurrency: { repetitions: 20 } },
      actions: { Post: post('https://up.test/@{item()}') },
    },
    Result: { type: 'Compose', inputs: "@actions('Each')?['status']", runAfter: { Each: ['Succeeded', 'Failed'] } },
  },
};

const isRefused = (order: number): boolean => order === 21 || order > 1_000;

const upstream = (): RecordingInvoker =>
  createRecordingInvoker(({ uri }) => {
    const body = Number(uri.split('/').at(-1));
    return { statusCode: isRefused(body) ? 400 : 200, headers: {}, body };
  });

type Trial = {
  readonly ending: Ending;
  readonly appends: number;
  /** Calls of actions that were on record when their process died. */
  readonly repeated: number;
  /** Records inside loops that were read to go on. */
  readonly read: number;
};

/** Runs a flow whose process dies at an append, in another process to its end. */
async function crash(flow: FlowDefinition, items: readonly number[], at: number, isHeard: boolean): Promise<Trial> {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const dyingOnes = dyingStore(store, at, isHeard);
  const dying = openEngine(dyingOnes, { flow, clock, invoker: upstream() }, 'dying');
  const fired = await dying.fire({ flow, trigger: 'manual', outputs: { body: { items } } });
  const runId = fired.runs[0]?.runId ?? '';
  await dying.start();
  await clock.advance(420_000);
  const before = new Set(
    (await allRecords(store, runId))
      .filter(({ status }) => status !== 'Running' && status !== 'Waiting')
      .map(({ action, iteration }) => `${action}/${iteration}`),
  );
  let read = 0;
  const counting: RunStore = {
    ...dyingStore(store, Number.POSITIVE_INFINITY, true),
    readActions: async (query) => {
      const found = await store.readActions(query);
      read += found.length;
      return found;
    },
  };
  const invoker = upstream();
  await runFor(openEngine(counting, { flow, clock, invoker }, 'next'), clock, 600_000);
  return {
    ending: await endingOf(store, runId),
    appends: dyingOnes.appends(),
    repeated: invoker.calls.filter(({ action, iteration }) => before.has(`${action}/${iteration}`)).length,
    read,
  };
}

async function undisturbed(flow: FlowDefinition, items: readonly number[]): Promise<Trial> {
  return crash(flow, items, Number.POSITIVE_INFINITY, true);
}

it('runs nested loops to their end without a crash', async () => {
  const { ending: end, appends } = await undisturbed(flowOf(nested), [1, 2, 3, 4, 5]);
  expect({ status: end.status, result: end.result }).toEqual({
    status: 'Succeeded',
    result: '{"total":15,"text":14}',
  });
  expect(end.statuses).toContain('InnerPost/000001-000001: Failed BadRequest');
  expect(end.statuses).toContain('Strict/000003: Failed InvalidTemplate');
  expect(appends).toBeGreaterThan(12);
});

it.each([
  ['nested loops', nested],
  ['a loop whose rounds are asked for', kept],
])('comes to the same end of %s after a crash at any append', async (_name, definition) => {
  const flow = flowOf(definition);
  const items = [1, 2, 3, 4, 5];
  const whole = await undisturbed(flow, items);
  for (let at = 2; at <= whole.appends; at++) {
    for (const isHeard of [true, false]) {
      const { ending: end, repeated } = await crash(flow, items, at, isHeard);
      expect({ at, isHeard, end, repeated }).toEqual({ at, isHeard, end: whole.ending, repeated: 0 });
    }
  }
});

it.each([
  ['of which none failed', 0],
  ['of which one failed early', 1],
  ['of which all failed', 350],
])('goes on with a Foreach over many items, %s, without reading those that are over', async (_name, failed) => {
  const flow = flowOf(many);
  const items = Array.from({ length: 350 }, (_, index) => (index < failed ? 1_001 : 1));
  const whole = await undisturbed(flow, items);
  expect(whole.ending.result).toBe(failed === 0 ? '"Succeeded"' : '"Failed"');
  for (let at = whole.appends - 1; at > 2; at -= Math.floor(whole.appends / 7)) {
    const { ending: end, repeated, read } = await crash(flow, items, at, false);
    expect({ at, end, repeated }).toEqual({ at, end: whole.ending, repeated: 0 });
    expect(read).toBeLessThanOrEqual(240);
  }
});
