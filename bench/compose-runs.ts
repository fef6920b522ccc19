import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { openStore } from '@patchbay/store';
import { createEmbeddedDispatcher, createEngine, createSystemClock, type FlowDefinition } from '@patchbay/workflow';
import { composeFlow } from './order-connector.ts';

const runs = 20_000;
const inFlight = 100;

/** Runs of ten Composes on a durable store against raw group-committed inserts of the very rows that they wrote. */
export async function measureCompose(): Promise<{
  readonly ratio: number;
  readonly runsPerSecond: number;
  readonly baselineRunsPerSecond: number;
  readonly cpuMsPerRun: number;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-'));
  try {
    const product = await measureEngine(join(folder, 'engine.db'));
    const baselineRunsPerSecond = await measureInserts(join(folder, 'engine.db'), join(folder, 'raw.db'));
    return { ratio: product.runsPerSecond / baselineRunsPerSecond, baselineRunsPerSecond, ...product };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureEngine(path: string): Promise<{ readonly runsPerSecond: number; readonly cpuMsPerRun: number }> {
  const store = await openStore({ kind: 'sqlite', path });
  const flow: FlowDefinition = {
    flowId: 'bench',
    revision: 1,
    displayName: 'Ten Composes',
    environmentId: 'bench',
    stateless: false,
    definition: composeFlow() as FlowDefinition['definition'],
    parameters: {},
    connectionReferences: {},
  };
  const clock = createSystemClock();
  const engine = createEngine({
    store: store.runs,
    schedules: store.schedules,
    dispatcher: createEmbeddedDispatcher(clock, store.runs),
    clock,
    invoker: { invoke: () => Promise.reject(new Error('nothing is called')), effect: () => 'safe' },
    flows: { load: async () => flow },
  });
  await engine.start();
  const fireMany = async (count: number): Promise<void> => {
    let left = count;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const { runs: started } = await engine.fire({ flow, trigger: 'manual', outputs: { body: { name: 'bench' } } });
        if (started[0] !== undefined) await engine.settled(started[0].runId);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
  };
  await fireMany(2000);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await fireMany(runs);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  await engine.drain(1000);
  await store.close();
  return { runsPerSecond: runs / seconds, cpuMsPerRun: (cpu.user + cpu.system) / 1000 / runs };
}

/** The rows of the first database into a second one of the same schema, a hundred runs a transaction, by prepared statements. */
async function measureInserts(from: string, to: string): Promise<number> {
  const schemaStore = await openStore({ kind: 'sqlite', path: to });
  await schemaStore.close();
  const source = new DatabaseSync(from, { readOnly: true });
  const read = (table: string): readonly (readonly SQLInputValue[])[] =>
    source
      .prepare(`select * from ${table} where run_id in (select run_id from run order by run_id limit ${runs})`)
      .all()
      .map((row) => Object.values(row) as SQLInputValue[]);
  const byRun = new Map<SQLInputValue, (readonly SQLInputValue[])[]>();
  const actions = read('action_record');
  const runIds = source
    .prepare(`select run_id from run order by run_id limit ${runs}`)
    .all()
    .map((row) => row['run_id'] as string);
  const runRows = read('run');
  const runIdColumn = columnIndex(source, 'action_record', 'run_id');
  for (const row of actions) {
    const key = row[runIdColumn] ?? null;
    byRun.set(key, [...(byRun.get(key) ?? []), row]);
  }
  source.close();
  const target = new DatabaseSync(to);
  target.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;');
  const insert = (table: string, width: number) =>
    target.prepare(`insert into ${table} values (${Array.from({ length: width }, () => '?').join(',')})`);
  const insertRun = insert('run', runRows[0]?.length ?? 0);
  const insertAction = insert('action_record', actions[0]?.length ?? 0);
  const startedAt = performance.now();
  for (let first = 0; first < runIds.length; first += inFlight) {
    target.exec('BEGIN IMMEDIATE');
    for (let index = first; index < Math.min(first + inFlight, runIds.length); index += 1) {
      insertRun.run(...(runRows[index] ?? []));
      for (const row of byRun.get(runIds[index] ?? '') ?? []) insertAction.run(...row);
    }
    target.exec('COMMIT');
  }
  const seconds = (performance.now() - startedAt) / 1000;
  target.close();
  return runIds.length / seconds;
}

function columnIndex(database: DatabaseSync, table: string, column: string): number {
  return database
    .prepare(`pragma table_info(${table})`)
    .all()
    .findIndex((row) => row['name'] === column);
}
