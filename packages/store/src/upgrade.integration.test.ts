import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionRecord, Engine, RunStore } from '@patchbay/workflow';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { StoreLocation } from './contract.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';
import { openStore } from './open-store.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { createSqliteDialect } from './sqlite/sqlite-dialect.ts';
import { emptyDatabase, startPostgres, type TestPostgres, whyNoPostgres } from './test-postgres/start-postgres.ts';
import { sleepingFlows } from './test-upgrade/sleeping-flows.ts';
import { startEngine } from './test-upgrade/start-engine.ts';
import { createSteppingClock, type SteppingClock } from './test-upgrade/stepping-clock.ts';

/** Rows as an earlier version wrote them, and when it did. */
type KeptRows = {
  readonly migration: string;
  readonly keptAtMs: number;
  readonly tables: { readonly [table: string]: readonly { readonly [column: string]: string | number | null }[] };
};

const folder = join(import.meta.dirname, 'test-upgrade/rows');
const kept = readdirSync(folder).map((name): KeptRows => JSON.parse(readFileSync(join(folder, name), 'utf8')));

const missing = whyNoPostgres();
let postgres: TestPostgres | undefined;
beforeAll(async () => {
  if (missing === undefined) postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.stop());

/** Makes the database as that version left it, or as it writes beside a newer one, which has brought the schema up to date. */
async function writeRows(
  database: Kysely<Database>,
  { migration, tables }: KeptRows,
  isBeside: boolean,
): Promise<void> {
  const earlier = Object.fromEntries(Object.entries(migrations).filter(([name]) => isBeside || name <= migration));
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => earlier },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  for (const [table, rows] of Object.entries(tables)) {
    // The tables and columns are those of that version, which the types of this one do not know.
    if (rows.length > 0)
      await database
        .insertInto(table as 'run')
        .values([...rows] as never)
        .execute();
  }
}

async function sqliteWith(rows: KeptRows, isBeside: boolean): Promise<StoreLocation> {
  const data = mkdtempSync(join(tmpdir(), 'patchbay-upgrade-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const path = join(data, 'patchbay.db');
  const { database, release } = openSqlite(path);
  const kysely = new Kysely<Database>({ dialect: createSqliteDialect(database, path) });
  await writeRows(kysely, rows, isBeside);
  await kysely.destroy();
  release();
  return { kind: 'sqlite', path };
}

async function postgresWith(rows: KeptRows, isBeside: boolean): Promise<StoreLocation> {
  const url = await emptyDatabase(postgres?.url ?? '');
  const { database } = await openPostgres(url);
  await writeRows(database, rows, isBeside);
  await database.destroy();
  return { kind: 'postgres', url };
}

/** What a run did, as far as it does not depend on when. */
async function deeds(runs: RunStore, runId: string) {
  const names = new Set<string>();
  for (const name of ['Add', 'Pause', 'Note', 'Count']) names.add(name);
  for (const { action } of await runs.listActions(runId)) names.add(action);
  const records: ActionRecord[] = [];
  for (const name of [...names].sort()) records.push(...(await runs.listActions(runId, name)));
  return records.map(({ action, iteration, status, code, outputs, error, repetitionCount }) => ({
    action,
    iteration,
    status,
    code,
    outputs,
    error,
    repetitionCount,
  }));
}

async function callBack(engine: Engine, clock: SteppingClock, runId: string): Promise<void> {
  const payload = JSON.stringify({ headers: {}, body: { word: 'yes' } });
  const signal = { runId, action: 'Ask', iteration: '', signalId: 'callback', payload };
  while ((await engine.signal(signal)) !== 'taken') await clock.step();
}

async function untilEnded(runs: RunStore, clock: SteppingClock, runId: string): Promise<string> {
  for (;;) {
    const status = (await runs.findRun(runId))?.status ?? '';
    if (status !== 'Running' && status !== 'Waiting') return status;
    await clock.step();
  }
}

const cases = kept.flatMap((rows) => [
  { schema: rows.migration, title: 'SQLite', rows, place: sqliteWith, isBeside: false, skips: undefined },
  { schema: rows.migration, title: 'PostgreSQL', rows, place: postgresWith, isBeside: false, skips: missing },
  // Only there an older process can still write.
  {
    schema: rows.migration,
    title: 'written beside this version',
    rows,
    place: postgresWith,
    isBeside: true,
    skips: missing,
  },
]);

it.for(cases)('sleeping runs of the schema $schema wake and end as others do: $title', async (one, { skip }) => {
  skip(one.skips !== undefined, one.skips);
  const clock = createSteppingClock(one.rows.keptAtMs);
  const store = await openStore(await one.place(one.rows, one.isBeside), { nowMs: () => clock.nowMs() });
  const engine = await startEngine(store, clock);
  onTestFinished(async () => {
    await engine.drain(0);
    await store.close();
  });
  const asleep = (one.rows.tables['run'] ?? []).filter(
    (run) => run['status'] === 'Waiting' && (run['parent'] ?? null) === null,
  );
  const results: { [flow: string]: unknown } = {};
  for (const run of asleep) {
    const flow = sleepingFlows.find(({ flowId }) => flowId === run['flow_id']);
    if (flow === undefined) throw new Error(`There is no flow ${run['flow_id']}.`);
    const runId = String(run['run_id']);
    const fired = await engine.fire({ flow, trigger: 'manual', outputs: { headers: {}, body: { name: flow.flowId } } });
    const newRunId = fired.runs[0]?.runId ?? '';
    if (flow.flowId === 'listens') for (const id of [runId, newRunId]) await callBack(engine, clock, id);
    const [woken, fresh] = [await untilEnded(store.runs, clock, runId), await untilEnded(store.runs, clock, newRunId)];
    expect({ status: woken, deeds: await deeds(store.runs, runId) }).toEqual({
      status: fresh,
      deeds: await deeds(store.runs, newRunId),
    });
    // Also in lists, which the earlier version kept no summary for.
    const listed = await store.runs.listRunSummaries({ flowId: flow.flowId, limit: 9 });
    expect(listed.map(({ status, trigger }) => [status, trigger.name, trigger.outputsBytes])).toEqual([
      ['Succeeded', 'manual', listed[1]?.trigger.outputsBytes],
      ['Succeeded', 'manual', listed[0]?.trigger.outputsBytes],
    ]);
    const [last] = (await store.runs.listActions(runId)).toSorted((left, right) => right.sequence - left.sequence);
    results[flow.flowId] = last?.outputs;
  }
  expect(results).toMatchObject({ waits: '"after for waits"', loops: '16', repeats: '3' });
  expect(results['listens']).toBe(one.schema < '0008' ? undefined : '"yes"');
  const isNew = one.schema >= '0017';
  expect([results['recalls'], results['calls']]).toEqual(isNew ? ['11999', '"for me"'] : [undefined, undefined]);
});
