import { type ActionRecord, createMemoryRunStore, type RunRecord, type RunStore } from '@patchbay/workflow';
import { expect, it } from 'vitest';
import { listIterations, readIterations } from './run-iterations.ts';

const time = '2026-01-01T00:00:00.0000000Z';

function iterationOf(index: number): string {
  return String(index).padStart(6, '0');
}

/** A run with an action that ran so often; `change` says what is other than usual. */
async function storeWith(
  iterations: readonly string[],
  change: (iteration: string) => Partial<ActionRecord> = () => ({}),
): Promise<RunStore> {
  const store = createMemoryRunStore({ nowMs: () => 0 });
  const trigger = { name: 'manual', status: 'Succeeded', startTime: time, endTime: time } as const;
  const run: RunRecord = {
    runId: 'r',
    flowId: 'f',
    flowRevision: 1,
    status: 'Running',
    startTime: time,
    trigger,
    clientTrackingId: 'r',
  };
  const records = iterations.map(
    (iteration, index): ActionRecord => ({
      runId: 'r',
      action: 'Post',
      iteration,
      sequence: index + 1,
      status: 'Succeeded',
      startTime: time,
      trackingId: 't',
      ...change(iteration),
    }),
  );
  const entries = records.map((record) => ({ kind: 'action', record }) as const);
  await store.append({ runId: 'r', epoch: 1 }, [{ kind: 'run-started', run, owner: 'o', leaseUntilMs: 1 }, ...entries]);
  return store;
}

async function read(store: RunStore, most: number): Promise<unknown> {
  const found = await readIterations(store, await store.tallyActions('r'), { runId: 'r', action: 'Post', most });
  return { ...found, last: found.last?.iteration, records: found.records.map(({ iteration }) => iteration) };
}

it('shows all iterations of a short loop in their order, and the one that came last', async () => {
  const store = await storeWith([2, 0, 1].map(iterationOf));
  expect(await read(store, 200)).toEqual({ count: 3, last: '000001', records: ['000000', '000001', '000002'] });
});

it('shows the first iterations of a long loop, and one that failed further on', async () => {
  const all = Array.from({ length: 5_000 }, (_, index) => iterationOf(index));
  const store = await storeWith(all, (iteration) => (iteration > '004321' ? { status: 'Failed' } : {}));
  expect(await read(store, 3)).toEqual({
    count: 5_000,
    last: '004999',
    records: ['000000', '000001', '000002', '004322'],
  });
});

it('finds iterations of loops within loops', async () => {
  const all = Array.from({ length: 50 }, (_, index) => `${iterationOf(index)}-000000`);
  const store = await storeWith(all);
  expect(await read(store, 45)).toMatchObject({ count: 50, records: all.slice(0, 45) });
});

it('lists iterations behind one of them', async () => {
  const all = Array.from({ length: 2_500 }, (_, index) => iterationOf(index));
  const store = await storeWith(all);
  const after = async (place: string): Promise<readonly string[]> => {
    const of = { runId: 'r', action: 'Post', after: place, most: 2 };
    return (await listIterations(store, await store.tallyActions('r'), of)).map(({ iteration }) => iteration);
  };
  expect([await after('000099'), await after('002498'), await after('002499')]).toEqual([
    ['000100', '000101'],
    ['002499'],
    [],
  ]);
});

it('tells of an action that never ran that it did not', async () => {
  expect(await read(await storeWith([]), 10)).toEqual({ count: 0, last: undefined, records: [] });
});
