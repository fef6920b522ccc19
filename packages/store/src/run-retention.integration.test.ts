import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import type { ActionRecord, RunEntry, RunRecord } from '@patchbay/workflow';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Store, StoreLocation } from './contract.ts';
import { isUnreferenced } from './history/content-columns.ts';
import { openStore } from './open-store.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { insertBlobs, upsertActions } from './postgres/write-rows.ts';
import { openBlobs } from './runs/blobs.ts';
import { toActionRow } from './runs/run-rows.ts';
import {
  emptyDatabase,
  queryPostgres,
  startPostgres,
  type TestPostgres,
  whyNoPostgres,
} from './test-postgres/start-postgres.ts';

const missing = whyNoPostgres();
let postgres: TestPostgres | undefined;

beforeAll(async () => {
  if (missing === undefined) postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.stop());

const day = (index: number): string => `2026-01-${String(index).padStart(2, '0')}T00:00:00.0000000Z`;
const far = '2027-01-01T00:00:00.0000000Z';
const big = (text: string): string => JSON.stringify(text.padEnd(2_000, '.'));

function started(
  runId: string,
  startDay: number,
  change: Partial<RunRecord> = {},
): Extract<RunEntry, { kind: 'run-started' }> {
  const time = day(startDay);
  const run: RunRecord = {
    runId,
    flowId: 'flow',
    flowRevision: 1,
    status: 'Running',
    startTime: time,
    trigger: { name: 'manual', status: 'Succeeded', startTime: time, endTime: time },
    clientTrackingId: 'tracking',
    ...change,
  };
  return { kind: 'run-started', run, owner: 'one', leaseUntilMs: 1 };
}

function finished(
  runId: string,
  endDay: number,
  change: Partial<Extract<RunEntry, { kind: 'run-finished' }>> = {},
): RunEntry {
  return { kind: 'run-finished', runId, status: 'Succeeded', endTime: day(endDay), ...change };
}

function recorded(runId: string, action: string, change: Partial<ActionRecord> = {}): RunEntry {
  const record = {
    runId,
    action,
    iteration: '',
    sequence: 1,
    status: 'Succeeded',
    startTime: day(1),
    trackingId: 't',
  } as const;
  return { kind: 'action', record: { ...record, ...change } };
}

/** A run of so many records that begins and ends on days of a month. */
async function keepRun(
  store: Store,
  runId: string,
  days: readonly [number, number],
  entries: readonly RunEntry[] = [],
): Promise<void> {
  await store.runs.append({ runId, epoch: 1 }, [started(runId, days[0]), ...entries, finished(runId, days[1])]);
}

async function runIds(store: Store): Promise<readonly string[]> {
  return (await store.runs.listRunSummaries({ flowId: 'flow', limit: 1_000 })).map(({ runId }) => runId);
}

async function purgeAll(store: Store): Promise<readonly string[]> {
  const contents: string[] = [];
  for (;;) {
    const purged = await store.retention.purgeRecords(100);
    contents.push(...purged.contents);
    if (purged.count === 0) return contents;
  }
}

type Place = { readonly location: StoreLocation; readonly remove: () => void };

const places: readonly (readonly [string, boolean, () => Promise<Place>])[] = [
  [
    'SQLite',
    true,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'patchbay-retention-'));
      return {
        location: { kind: 'sqlite', path: join(folder, 'patchbay.db') },
        remove: () => rmSync(folder, { recursive: true }),
      };
    },
  ],
  [
    'PostgreSQL',
    missing === undefined,
    async () => ({
      location: { kind: 'postgres', url: await emptyDatabase(postgres?.url ?? '') },
      remove: () => undefined,
    }),
  ],
];

for (const [name, isThere, openPlace] of places) {
  const open = async (): Promise<{ readonly store: Store; readonly location: StoreLocation }> => {
    const { location, remove } = await openPlace();
    const store = await openStore(location, { blobThresholdBytes: 1024 });
    onTestFinished(async () => {
      await store.close();
      remove();
    });
    return { store, location };
  };

  it.skipIf(!isThere)(`deletes runs that ended before a time, and nothing that has not ended (${name})`, async () => {
    const { store } = await open();
    await keepRun(store, 'd', [1, 2]);
    await keepRun(store, 'c', [3, 4]);
    await keepRun(store, 'b', [1, 20]);
    const unended = { ...started('a', 1) };
    await store.runs.append({ runId: 'a', epoch: 1 }, [unended]);
    await store.runs.append({ runId: 'e', epoch: 1 }, [
      started('e', 1),
      { kind: 'run-sleeping', runId: 'e', wakeAtMs: 9_000_000_000_000 },
    ]);
    const gate = { key: 'flow/manual', limit: 0, maximumWaiting: 9 };
    expect(await store.runs.admit(started('f', 1, { gate: gate.key }), gate)).toBe('waiting');
    const expired = { flowId: 'flow', endedBefore: day(10) };
    expect(await store.retention.deleteRuns({ ...expired, flowId: 'other' }, 10)).toEqual({ count: 0, contents: [] });
    expect((await store.retention.deleteRuns(expired, 1)).count).toBe(1);
    expect((await store.retention.deleteRuns(expired, 10)).count).toBe(1);
    expect((await store.retention.deleteRuns(expired, 10)).count).toBe(0);
    expect(await runIds(store)).toEqual(['a', 'b', 'e', 'f']);
    expect((await store.retention.deleteRuns({ flowId: 'flow', endedBefore: far }, 10)).count).toBe(1);
    expect(await runIds(store)).toEqual(['a', 'e', 'f']);
    expect(await store.runs.due(1_000, 10)).toEqual(['a']);
  });

  it.skipIf(!isThere)(`deletes what stands behind so many of the newest, of every status (${name})`, async () => {
    const { store } = await open();
    const statuses = ['Succeeded', 'Failed', 'Cancelled', 'TimedOut', 'Succeeded', 'Failed'] as const;
    for (const [index, status] of statuses.entries()) {
      const runId = `r${9 - index}`;
      await store.runs.append({ runId, epoch: 1 }, [started(runId, index + 1), finished(runId, index + 1, { status })]);
    }
    await store.runs.append({ runId: 'r0', epoch: 1 }, [started('r0', 30)]);
    expect(await store.retention.findBehind('flow', 6)).toBeUndefined();
    const from = await store.retention.findBehind('flow', 2);
    expect(from).toEqual({ startTime: day(4), runId: 'r6' });
    if (from === undefined) return;
    expect((await store.retention.deleteRuns({ flowId: 'flow', endedBefore: far, from }, 10)).count).toBe(4);
    expect(await runIds(store)).toEqual(['r0', 'r4', 'r5']);
  });

  it.skipIf(!isThere)(`keeps a called flow's run until the run that called it has ended (${name})`, async () => {
    const { store } = await open();
    const parent = { runId: 'caller', action: 'Call', iteration: '', depth: 1 };
    await store.runs.append({ runId: 'caller', epoch: 1 }, [started('caller', 1, { flowId: 'calling' })]);
    await store.runs.append({ runId: 'called', epoch: 1 }, [started('called', 1, { parent }), finished('called', 2)]);
    const expired = { flowId: 'flow', endedBefore: day(10) };
    expect((await store.retention.deleteRuns(expired, 10)).count).toBe(0);
    await store.runs.append({ runId: 'caller', epoch: 1 }, [finished('caller', 2)]);
    expect((await store.retention.deleteRuns(expired, 10)).count).toBe(1);
  });

  it.skipIf(!isThere)(`removes the records of deleted runs bit by bit, and those of others not (${name})`, async () => {
    const { store } = await open();
    const many = Array.from({ length: 250 }, (_, index) =>
      recorded('b', 'Each', { iteration: String(index).padStart(6, '0'), sequence: index + 1 }),
    );
    await keepRun(store, 'b', [1, 2], many);
    await keepRun(store, 'c', [1, 2]);
    await keepRun(store, 'a', [20, 21], [recorded('a', 'Kept')]);
    await store.retention.deleteRuns({ flowId: 'flow', endedBefore: day(10) }, 10);
    expect(await store.runs.findRun('b')).toBeUndefined();
    expect((await store.runs.listActions('b', 'Each')).length).toBe(250);
    expect((await store.retention.purgeRecords(100)).count).toBe(100);
    await purgeAll(store);
    expect(await store.runs.listActions('b', 'Each')).toEqual([]);
    expect((await store.runs.listActions('a')).length).toBe(1);
    expect(await store.retention.purgeRecords(100)).toEqual({ count: 0, contents: [] });
  });

  it.skipIf(!isThere)(`removes contents once nothing refers to them any more (${name})`, async () => {
    const { store } = await open();
    const entries = (runId: string): readonly RunEntry[] => [
      recorded(runId, 'Shared', { inputs: big('shared'), outputs: big(`outputs of ${runId}`) }),
      { kind: 'run-responded', runId, response: big(`response of ${runId}`) },
    ];
    await keepRun(store, 'b', [1, 2], entries('b'));
    await keepRun(store, 'a', [20, 21], entries('a'));
    const all = await store.retention.listContents('', 100);
    expect(all.length).toBe(5);
    expect(await store.retention.listContents(all[0] ?? '', 2)).toEqual(all.slice(1, 3));
    expect(await store.retention.dropContents(all)).toBe(0);
    const { contents } = await store.retention.deleteRuns({ flowId: 'flow', endedBefore: day(10) }, 10);
    const freed = [...contents, ...(await purgeAll(store))];
    expect(freed.length).toBe(3);
    expect(await store.retention.dropContents(freed)).toBe(2);
    expect((await store.retention.listContents('', 100)).length).toBe(3);
    const [kept] = await store.runs.listActions('a');
    expect([kept?.inputs, kept?.outputs]).toEqual([big('shared'), big('outputs of a')]);
    expect((await store.runs.findRun('a'))?.response).toBe(big('response of a'));
  });

  it.skipIf(!isThere)(`never takes a content from a run that comes to refer to it meanwhile (${name})`, async () => {
    const { store, location } = await open();
    const others = location.kind === 'postgres' ? await openStore(location, { blobThresholdBytes: 1024 }) : store;
    if (others !== store) onTestFinished(() => others.close());
    const words = ['one', 'two', 'three'] as const;
    const state = { isOver: false };
    const write = async (by: Store, letter: string): Promise<readonly string[]> => {
      const written: string[] = [];
      for (let index = 0; index < 150; index++) {
        const runId = `${letter}${index}`;
        const record = recorded(runId, 'Call', { outputs: big(words[index % 3] ?? '') });
        await by.runs.append({ runId, epoch: 1 }, [started(runId, 20), record]);
        await by.runs.append({ runId, epoch: 1 }, [finished(runId, index % 2 === 0 ? 1 : 20)]);
        if (index % 2 === 1) written.push(runId);
      }
      return written;
    };
    const clean = async (by: Store): Promise<number> => {
      let dropped = 0;
      while (!state.isOver) {
        await by.retention.deleteRuns({ flowId: 'flow', endedBefore: day(10), from: { startTime: far, runId: '' } }, 5);
        await by.retention.purgeRecords(5);
        dropped += await by.retention.dropContents(await by.retention.listContents('', 10));
      }
      return dropped;
    };
    const cleaning = Promise.all([clean(store), clean(others)]);
    const kept = (await Promise.all([write(store, 'x'), write(others, 'y')])).flat();
    state.isOver = true;
    await cleaning;
    for (const runId of kept) {
      const [record] = await store.runs.listActions(runId);
      expect([runId, record?.outputs]).toEqual([runId, expect.stringContaining('...')]);
    }
  });

  it.skipIf(!isThere)(
    `leaves the records of a deleted flow's runs to be removed, and takes no more of them (${name})`,
    async () => {
      const { store } = await open();
      await store.environments.insert({
        id: 'E',
        displayName: 'Dev',
        isDefault: true,
        allowedNetworks: [],
        createdAtMs: 1,
      });
      const row = {
        id: 'flow',
        environmentId: 'E',
        displayName: 'Flow',
        state: 'Started',
        revision: 1,
        createdBy: 'me',
      } as const;
      const texts = { definition: '{}', parameters: '{}', connectionReferences: '{}', createdAtMs: 1 };
      await store.flows.insert({ ...row, createdAtMs: 1, changedAtMs: 1 }, { flowId: 'flow', revision: 1, ...texts });
      await store.runs.append({ runId: 'a', epoch: 1 }, [started('a', 1), recorded('a', 'Before')]);
      await store.flows.delete('flow');
      expect(await runIds(store)).toEqual([]);
      await purgeAll(store);
      const late = store.runs.append({ runId: 'a', epoch: 1 }, [recorded('a', 'After')]);
      await expect(late).rejects.toMatchObject({ code: 'Fenced' });
      expect(await store.runs.listActions('a')).toEqual([]);
    },
  );

  it.skipIf(!isThere)(`gives a lease to one owner at a time (${name})`, async () => {
    const { store } = await open();
    expect(await store.leases.take('work', 'one', 0, 100)).toBe(true);
    expect(await store.leases.take('work', 'two', 50, 150)).toBe(false);
    expect(await store.leases.take('work', 'one', 50, 150)).toBe(true);
    expect(await store.leases.take('work', 'two', 150, 250)).toBe(true);
    await store.leases.release('work', 'one');
    expect(await store.leases.take('work', 'one', 200, 300)).toBe(false);
    await store.leases.release('work', 'two');
    expect(await store.leases.take('work', 'one', 200, 300)).toBe(true);
  });
}

it.skipIf(missing !== undefined)('waits for who is about to refer to a content that is stored already', async () => {
  const url = await emptyDatabase(postgres?.url ?? '');
  const store = await openStore({ kind: 'postgres', url }, { blobThresholdBytes: 1024 });
  const { database } = await openPostgres(url);
  onTestFinished(async () => {
    await database.destroy();
    await store.close();
  });
  await keepRun(store, 'a', [1, 2], [recorded('a', 'Call', { outputs: big('content') })]);
  await store.runs.append({ runId: 'b', epoch: 1 }, [started('b', 20)]);
  await store.retention.deleteRuns({ flowId: 'flow', endedBefore: day(10) }, 10);
  const contents = await purgeAll(store);
  expect(contents.length).toBe(1);
  const blobs = new Map<string, string>();
  const pack = (text: string | undefined) => openBlobs(1024).pack(text, (hash, content) => blobs.set(hash, content));
  const referring = recorded('b', 'Call', { outputs: big('content') });
  let dropping: Promise<number> | undefined;
  await database.transaction().execute(async (transaction) => {
    const rows = referring.kind === 'action' ? [toActionRow(referring.record, pack)] : [];
    await insertBlobs(transaction, blobs);
    dropping = store.retention.dropContents(contents);
    // Time enough for one that waits for nobody.
    await Promise.race([dropping, setTimeout(500)]);
    await upsertActions(transaction, rows);
  });
  expect(await dropping).toBe(0);
  expect((await store.runs.listActions('b'))[0]?.outputs).toBe(big('content'));
});

it('looks for what refers to a content in indexes alone in SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-retention-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'patchbay.db');
  await (await openStore({ kind: 'sqlite', path })).close();
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  const plan = database.prepare(`explain query plan delete from blob where hash = ? and ${isUnreferenced}`).all('x');
  const searches = plan.map((row) => String(row['detail'])).filter((detail) => /^(SEARCH|SCAN)/.test(detail));
  expect(searches.map((detail) => detail.replace(/ \(.*/, '')).sort()).toEqual([
    'SEARCH action_record USING COVERING INDEX action_record_inputs_content',
    'SEARCH action_record USING COVERING INDEX action_record_outputs_content',
    'SEARCH blob USING INDEX sqlite_autoindex_blob_1',
    'SEARCH run USING COVERING INDEX run_outputs_content',
    'SEARCH run USING COVERING INDEX run_response_content',
    'SEARCH run USING COVERING INDEX run_trigger_content',
    'SEARCH run_signal USING COVERING INDEX run_signal_payload_content',
  ]);
});

it.skipIf(missing !== undefined)('looks for what refers to a content in indexes alone in PostgreSQL', async () => {
  const url = await emptyDatabase(postgres?.url ?? '');
  await (await openStore({ kind: 'postgres', url })).close();
  await queryPostgres(
    url,
    `insert into action_record (run_id, action, iteration, sequence, status, outputs, start_time, tracking_id)
     select 'run', 'Call', n::text, n, 'Succeeded', case when n % 4 = 0 then '#sha256:' || sha256(n::text::bytea)::text else '{}' end, '', ''
     from generate_series(1, 40000) as n`,
  );
  await queryPostgres(
    url,
    `insert into blob (hash, content) select sha256(n::text::bytea)::text, '' from generate_series(1, 10000) as n`,
  );
  await queryPostgres(url, 'vacuum analyze');
  const rows = (await queryPostgres(
    url,
    `explain (costs off) delete from blob where hash = any(array(select hash from blob order by hash limit 100)) and ${isUnreferenced}`,
  )) as readonly { readonly 'QUERY PLAN': string }[];
  const scans = rows.map((row) => row['QUERY PLAN'].trim()).filter((line) => /Scan.* on action_record/.test(line));
  // The other tables are empty: no index is needed there.
  expect(scans.map((line) => /Index.* Scan using (\w+)/.exec(line)?.[1]).sort()).toEqual([
    'action_record_inputs_content',
    'action_record_outputs_content',
  ]);
});
