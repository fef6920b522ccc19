import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type StoreLocation } from '@patchbay/store';
import { emptyDatabase, startPostgres, whyNoPostgres } from '@patchbay/store/test-postgres';
import type { RunQuery } from '@patchbay/workflow';
import { fillPostgres, fillSqlite, flowId, runId, startTime } from './fill.ts';

/**
 * `npm run bench-history [-- runs]`: writes a million runs of one flow, then lists them as the history does, on SQLite and, where it is
 * installed, on PostgreSQL.
 */
const [runs = 1_000_000] = process.argv.slice(2).map(Number);
const rounds = 200;
const page = { flowId, limit: 50 };
const middle = Math.floor(runs / 2);
const position = (run: number) => ({ runId: runId(run), startTime: startTime(run) });

const queries: readonly (readonly [string, RunQuery])[] = [
  ['the newest 50', page],
  ['the newest 50 that failed (2 %)', { ...page, status: ['Failed'] }],
  ['all that timed out (1 of 100,000)', { ...page, status: ['TimedOut'] }],
  ['50 of an hour in the middle', { ...page, startedFrom: startTime(middle), startedBefore: startTime(middle + 3600) }],
  [
    '50 that failed, of a day in the middle',
    { ...page, status: ['Failed'], startedFrom: startTime(middle), startedBefore: startTime(middle + 86_400) },
  ],
  ['50 in the middle, by key', { ...page, after: position(middle) }],
  ['50 near the end, by key', { ...page, after: position(60) }],
];

async function measure(name: string, location: StoreLocation): Promise<void> {
  const store = await openStore(location);
  try {
    for (const [title, query] of queries) {
      const times: number[] = [];
      let found = 0;
      for (let round = 0; round < rounds; round++) {
        const startedMs = performance.now();
        found = (await store.runs.listRunSummaries(query)).length;
        times.push(performance.now() - startedMs);
      }
      const [first = 0] = times;
      times.sort((left, right) => left - right);
      const [median = 0, slow = 0] = [times[rounds / 2], times[Math.floor(rounds * 0.99)]];
      console.log(`| ${[name, title, found, first.toFixed(1), median.toFixed(2), slow.toFixed(2)].join(' | ')} |`);
    }
  } finally {
    await store.close();
  }
}

async function onSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-history-'));
  try {
    const path = join(folder, 'patchbay.db');
    await (await openStore({ kind: 'sqlite', path })).close();
    fillSqlite(path, runs);
    process.stderr.write(`SQLite: ${Math.round(statSync(path).size / 1e6)} MB\n`);
    await measure('SQLite', { kind: 'sqlite', path });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function onPostgres(): Promise<void> {
  const missing = whyNoPostgres();
  if (missing !== undefined) {
    process.stderr.write(`${missing}\n`);
    return;
  }
  const postgres = await startPostgres();
  try {
    const url = await emptyDatabase(postgres.url);
    await (await openStore({ kind: 'postgres', url })).close();
    await fillPostgres(url, runs);
    await measure('PostgreSQL', { kind: 'postgres', url });
  } finally {
    postgres.stop();
  }
}

console.log(`| store | ${runs.toLocaleString('en')} runs of one flow | found | first, ms | median, ms | p99, ms |`);
console.log('| --- | --- | --- | --- | --- | --- |');
await onSqlite();
await onPostgres();
