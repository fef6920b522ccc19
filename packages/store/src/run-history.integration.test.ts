import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RunQuery } from '@patchbay/workflow';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openStore } from './open-store.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { summaryPage, wholePage } from './postgres/run-page.ts';
import { pageStatement } from './sqlite/run-page.ts';
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

const time = (second: number): string => `2026-01-01T00:00:${String(second).padStart(2, '0')}.0000000Z`;

/** One of each kind: the newest, those of a status, of a time, and the next page of both. */
const queries: Readonly<Record<string, RunQuery>> = {
  newest: { flowId: 'flow-1', limit: 50 },
  status: { flowId: 'flow-1', status: ['Failed'], limit: 50 },
  'status and time, next page': {
    flowId: 'flow-1',
    status: ['Failed', 'TimedOut'],
    startedFrom: time(1),
    startedBefore: time(50),
    after: { startTime: time(40), runId: '0858' },
    limit: 50,
  },
};

it.each(Object.entries(queries))('finds a page by the index alone in SQLite: %s', async (_, query) => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-history-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'patchbay.db');
  await (await openStore({ kind: 'sqlite', path })).close();
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  for (const columns of ['whole', 'summary'] as const) {
    const { text, parameters } = pageStatement(query, columns);
    const plan = database.prepare(`explain query plan ${text}`).all(parameters);
    const detail = (row: (typeof plan)[number]): string => String(row['detail']).replaceAll(/ \(.*\)/g, '');
    const reads = plan.filter((row) => /\brun\b/.test(detail(row)));
    expect([...new Set(reads.map(detail))]).toEqual([
      'SEARCH run USING COVERING INDEX run_history',
      'SEARCH run USING INDEX sqlite_autoindex_run_1',
    ]);
    // What the index gives is in order and ends with the page: only the merged pages are sorted, never a history.
    for (const { id, parent } of reads.slice(0, -1))
      expect(plan.filter((row) => row['parent'] === parent).map((row) => row['id'])).toEqual([id]);
  }
});

it.skipIf(missing !== undefined)('finds a page by the index alone in PostgreSQL', async () => {
  const url = await emptyDatabase(postgres?.url ?? '');
  await (await openStore({ kind: 'postgres', url })).close();
  await queryPostgres(
    url,
    `insert into run (run_id, flow_id, flow_revision, status, start_time, trigger, client_tracking_id, owner, epoch, lease_until_ms, cancel_requested)
     select '0858' || n, 'flow-' || n % 2, 1, (array['Succeeded', 'Failed', 'TimedOut'])[1 + n % 3],
       '2026-01-01T00:00:' || lpad((n % 60)::text, 2, '0') || '.0000000Z', '{}', 'tracking', 'one', 1, 0, 0
     from generate_series(1, 20000) as n`,
  );
  await queryPostgres(url, 'vacuum analyze run');
  const { database } = await openPostgres(url);
  onTestFinished(() => database.destroy());
  for (const query of Object.values(queries)) {
    for (const page of [summaryPage(query), wholePage(query)]) {
      const { rows } = await sql<{ readonly 'QUERY PLAN': string }>`explain (costs off) ${page}`.execute(database);
      const scans = rows.map((row) => row['QUERY PLAN'].trim()).filter((line) => / (?:Scan|Sort)\b/.test(line));
      // The one sort is that of the merged page.
      expect(scans).toEqual([
        '->  Sort',
        '->  Function Scan on unnest wanted',
        '->  Index Only Scan using run_history on run run_1',
        '->  CTE Scan on page',
        '->  Index Scan using run_pkey on run',
      ]);
    }
  }
});
