import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ActionRecord, RunEntry, RunRecord } from '@patchbay/workflow';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { StoreLocation } from './contract.ts';
import { openStore } from './open-store.ts';
import { openSmallDisk, type SmallDisk, whyNoSmallDisk } from './test-disk/index.ts';
import {
  giveToPostgres,
  queryPostgres,
  startPostgres,
  type TestPostgres,
  whyNoPostgres,
} from './test-postgres/start-postgres.ts';

const missingDisk = whyNoSmallDisk();
// A cluster somewhere else cannot put tables on a disk of this test.
const isElsewhere = process.env['PATCHBAY_TEST_POSTGRES_URL'] !== undefined;
const missing = missingDisk ?? (isElsewhere ? 'the cluster is not of this test' : whyNoPostgres());
let postgres: TestPostgres | undefined;
const disks: SmallDisk[] = [];

beforeAll(async () => {
  if (missing === undefined) postgres = await startPostgres();
}, 120_000);
afterAll(() => {
  postgres?.stop();
  for (const disk of disks) disk.remove();
});

const time = '2026-01-01T00:00:00.0000000Z';

function started(runId: string): RunEntry {
  const trigger = { name: 'manual', status: 'Succeeded', startTime: time, endTime: time } as const;
  const run: RunRecord = {
    runId,
    flowId: 'flow-1',
    flowRevision: 1,
    status: 'Running',
    startTime: time,
    clientTrackingId: 'tracking',
    trigger,
  };
  return { kind: 'run-started', run, owner: 'one', leaseUntilMs: Date.now() + 60_000 };
}

/** More than the disk has room for once it is full, and nothing that could be packed. */
function large(runId: string, sequence: number): { readonly record: ActionRecord; readonly entry: RunEntry } {
  const record: ActionRecord = {
    runId,
    action: `Large_${sequence}`,
    iteration: '',
    sequence,
    status: 'Succeeded',
    outputs: JSON.stringify(randomBytes(500_000).toString('base64')),
    startTime: time,
    endTime: time,
    trackingId: 'tracking',
  };
  return { record, entry: { kind: 'action', record } };
}

async function placeOnSqlite(disk: SmallDisk): Promise<StoreLocation> {
  return { kind: 'sqlite', path: join(disk.folder, 'patchbay.db') };
}

async function placeOnPostgres(disk: SmallDisk): Promise<StoreLocation> {
  const url = new URL(postgres?.url ?? '');
  giveToPostgres(disk.folder);
  await queryPostgres(url.href, `create tablespace small location '${disk.folder}'`);
  await queryPostgres(url.href, 'create database small tablespace small');
  url.pathname = '/small';
  return { kind: 'postgres', url: url.href };
}

it.for([
  { title: 'SQLite', skips: missingDisk, megabytes: 8, place: placeOnSqlite },
  { title: 'PostgreSQL with its tables on the disk', skips: missing, megabytes: 32, place: placeOnPostgres },
])('keeps what runs have recorded while the disk is full: $title', async ({ skips, megabytes, place }, { skip }) => {
  skip(skips !== undefined, skips);
  const disk = openSmallDisk(megabytes);
  disks.push(disk);
  const location = await place(disk);
  const store = await openStore(location);
  onTestFinished(() => store.close());
  const { runs } = store;
  const lease = { runId: '1', epoch: 1 };
  await runs.append(lease, [started('1')]);

  disk.fill();
  const records = [large('1', 1), large('1', 2)];
  const appends = records.map(({ entry }) => runs.append(lease, [entry]));
  await expect(runs.append({ runId: '2', epoch: 1 }, [started('2'), large('2', 1).entry])).rejects.toMatchObject({
    code: 'store-full',
    message: expect.stringMatching(
      /^The disk that holds .* is full \(.*\)\. Nothing new is taken, and what runs waits\. Make room on it; what waits goes on by itself\.$/s,
    ),
  });
  // However little it is, as long as others wait.
  await expect(runs.append({ runId: '2', epoch: 1 }, [started('2')])).rejects.toMatchObject({ code: 'store-full' });
  expect((await runs.listRunSummaries({ flowId: 'flow-1', limit: 9 })).map(({ runId }) => runId)).toEqual(['1']);

  disk.makeRoom();
  await Promise.all(appends);
  expect(await runs.listActions('1')).toEqual(records.map(({ record }) => record));
  await runs.append({ runId: '2', epoch: 1 }, [started('2')]);

  // Ending waits for no disk.
  disk.fill();
  const lost = runs.append(lease, [large('1', 3).entry]);
  const refusal = expect(lost).rejects.toMatchObject({ code: 'store-full' });
  await expect(runs.append({ runId: '3', epoch: 1 }, [started('3'), large('3', 1).entry])).rejects.toMatchObject({
    code: 'store-full',
  });
  await store.close();
  await refusal;
  disk.makeRoom();
  const again = await openStore(location);
  onTestFinished(() => again.close());
  expect((await again.runs.listActions('1')).length).toBe(2);
});
