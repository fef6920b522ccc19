import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { RunEntry, RunStore } from '../contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { dyingStore } from '../test-world/dying-store.ts';
import { flowOf } from '../test-world/test-world.ts';
import { createEmbeddedDispatcher } from './embedded-dispatcher.ts';
import { createEngine } from './engine.ts';
import { createSystemClock } from './system-clock.ts';

const megabyte = 1_000_000;
/** As many characters as the trigger has, that are no other action's. */
const text = (what: string): string => `@concat(${what}, triggerBody())`;

const foreach = (count: number, after: { readonly [name: string]: JsonValue }): JsonValue => ({
  triggers: { manual: { type: 'Request' } },
  actions: {
    Each: {
      type: 'Foreach',
      foreach: `@range(0, ${count})`,
      actions: { Shape: { type: 'Compose', inputs: text('item()') } },
    },
    ...after,
  },
});

const until: JsonValue = {
  triggers: { manual: { type: 'Request' } },
  actions: {
    Count: { type: 'InitializeVariable', inputs: { variables: [{ name: 'count', type: 'integer', value: 0 }] } },
    Rounds: {
      type: 'Until',
      expression: "@equals(variables('count'), 5000)",
      limit: { count: 5000 },
      runAfter: { Count: ['Succeeded'] },
      actions: {
        Shape: { type: 'Compose', inputs: text("iterationIndexes('Rounds')") },
        More: { type: 'IncrementVariable', inputs: { name: 'count' }, runAfter: { Shape: ['Succeeded'] } },
      },
    },
  },
};

const reader: JsonValue = {
  type: 'Compose',
  inputs: "@length(outputs('Shape'))",
  runAfter: { Each: ['Succeeded'] },
};

type Measured = { readonly status: string | undefined; readonly records: number; readonly growth: number };

/** Runs a flow over a store that forgets records, and measures what lives in memory while it does, in bytes beyond the beginning. */
async function measure(definition: JsonValue, { characters = 2_000, commitMs = 0 } = {}): Promise<Measured> {
  setFlagsFromString('--expose-gc');
  // The flag gives new contexts a function that collects garbage.
  const collect = runInNewContext('gc') as () => void;
  const clock = createSystemClock();
  const kept = createMemoryRunStore(clock);
  let records = 0;
  let appends = 0;
  let peak = 0;
  let before = 0;
  const store: RunStore = {
    ...dyingStore(kept, Number.POSITIVE_INFINITY, true),
    append: async (lease, entries) => {
      if (appends++ % 8 === 0 || appends < 20) {
        collect();
        const used = process.memoryUsage().heapUsed;
        if (appends === 1) before = used;
        peak = Math.max(peak, used);
      }
      records += entries.filter(({ kind }) => kind === 'action').length;
      if (commitMs > 0) await setTimeout(commitMs);
      return kept.append(
        lease,
        entries.filter((entry: RunEntry) => entry.kind !== 'action'),
      );
    },
  };
  const flow = flowOf(definition);
  const engine = createEngine({
    store,
    clock,
    invoker: { invoke: () => Promise.reject(new Error('nothing is called')), effect: () => 'safe' },
    dispatcher: createEmbeddedDispatcher(clock, store),
    flows: { load: async () => flow },
    schedules: createMemoryScheduleStore(),
  });
  const { runs } = await engine.fire({ flow, trigger: 'manual', outputs: { body: 'x'.repeat(characters) } });
  const runId = runs[0]?.runId ?? '';
  await engine.settled(runId);
  const run = await store.findRun(runId);
  await engine.drain(0);
  return { status: run?.status, records, growth: peak - before };
}

it('forgets the results of items that nobody asks for', async () => {
  const { growth, ...rest } = await measure(foreach(20_000, {}));
  expect(rest).toEqual({ status: 'Succeeded', records: 20_002 });
  expect(growth).toBeLessThan(12 * megabyte);
});

it('remembers them where somebody asks, which shows in the same measure', async () => {
  const { growth, ...rest } = await measure(foreach(20_000, { Reader: reader }));
  expect(rest).toEqual({ status: 'Succeeded', records: 20_003 });
  expect(growth).toBeGreaterThan(40 * megabyte);
});

it('runs over a hundred thousand items in the memory of a thousand', async () => {
  const few = await measure(foreach(1_000, {}));
  const { growth, ...rest } = await measure(foreach(100_000, {}));
  expect(rest).toEqual({ status: 'Succeeded', records: 100_002 });
  // The items themselves are numbers, and stand in the record of the loop.
  expect(growth - few.growth).toBeLessThan(12 * megabyte);
});

it('forgets the rounds of an Until', async () => {
  const { growth, ...rest } = await measure(until);
  expect(rest.status).toBe('Succeeded');
  expect(rest.records).toBeGreaterThan(10_000);
  expect(growth).toBeLessThan(8 * megabyte);
});

it('waits for a slow store before big results pile up', async () => {
  const { growth, ...rest } = await measure(foreach(600, {}), { characters: 100_000, commitMs: 300 });
  expect(rest).toEqual({ status: 'Succeeded', records: 602 });
  expect(growth).toBeLessThan(16 * megabyte);
});
