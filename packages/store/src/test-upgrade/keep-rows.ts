import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../open-store.ts';
import { sleepingFlows } from './sleeping-flows.ts';
import { startEngine } from './start-engine.ts';
import { createSteppingClock } from './stepping-clock.ts';

/**
 * `node packages/store/src/test-upgrade/keep-rows.ts > packages/store/src/test-upgrade/rows/<newest migration>.json`, before the schema or the
 * form of records changes: prints the rows of runs that sleep as this version writes them, for the test that a later one wakes them.
 */
const startMs = Date.UTC(2026, 0, 1);
const folder = mkdtempSync(join(tmpdir(), 'patchbay-upgrade-'));
const path = join(folder, 'patchbay.db');
const clock = createSteppingClock(startMs);
const store = await openStore({ kind: 'sqlite', path }, { nowMs: () => clock.nowMs() });
const engine = await startEngine(store, clock);
for (const flow of sleepingFlows.filter(({ flowId }) => flowId !== 'answers'))
  await engine.fire({ flow, trigger: 'manual', outputs: { headers: {}, body: { name: flow.flowId } } });
// Loops to the middle of their second round.
while (clock.nowMs() < startMs + 3_600_000 + 60_000) await clock.step();
await engine.drain(0);
await store.close();
const database = new DatabaseSync(path);
const rowsOf = (table: string) => database.prepare(`select * from ${table}`).all();
const [newest] = database.prepare('select max(name) as name from migration').all();
console.log(
  JSON.stringify(
    {
      migration: newest?.['name'],
      keptAtMs: clock.nowMs(),
      tables: Object.fromEntries(['run', 'action_record', 'run_signal', 'blob'].map((table) => [table, rowsOf(table)])),
    },
    null,
    2,
  ),
);
database.close();
rmSync(folder, { recursive: true });
