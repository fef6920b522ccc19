import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../open-store.ts';
import { RunWriteQueue } from './run-write-queue.ts';

const renew = { kind: 'renew', owner: 'one', leaseUntilMs: 2, nowMs: 1 } as const;
const cancel = { kind: 'request-cancel', runId: 'unknown' } as const;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-writes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function makeDatabase(path: string): Promise<void> {
  const store = await openStore({ kind: 'sqlite', path });
  await store.close();
}

it('fails what waits for a thread that has died, and goes on with another', async () => {
  const path = join(temporaryFolder(), 'later', 'patchbay.db');
  const queue = new RunWriteQueue({ path, blobThresholdBytes: 1024 });
  const failed = await Promise.allSettled([queue.write(renew), queue.write(cancel)]);
  const reason = {
    code: 'store-unreachable',
    message: `The thread that writes runs to ${path} has failed: unable to open database file. Look at the disk and the memory of the machine; unfinished runs go on when their leases end.`,
  };
  expect(failed).toMatchObject([
    { status: 'rejected', reason },
    { status: 'rejected', reason },
  ]);
  mkdirSync(dirname(path));
  await makeDatabase(path);
  expect(await queue.write(renew)).toEqual({ kind: 'written' });
  await queue.close();
});

it('fails only the write that cannot be written, and keeps the others of its group', async () => {
  const path = join(temporaryFolder(), 'patchbay.db');
  await makeDatabase(path);
  const queue = new RunWriteQueue({ path, blobThresholdBytes: 1024 });
  const outcomes = await Promise.allSettled([
    queue.write(renew),
    queue.write({
      kind: 'append',
      runId: 'a',
      epoch: 1,
      run: Array(18).fill(null),
      actions: [],
      sleeps: false,
      isLast: false,
    }),
    queue.write(cancel),
  ]);
  expect(outcomes).toMatchObject([
    { status: 'fulfilled', value: { kind: 'written' } },
    { status: 'rejected', reason: { message: 'NOT NULL constraint failed: run.flow_id' } },
    { status: 'fulfilled', value: { kind: 'unmatched' } },
  ]);
  await queue.close();
});

it('commits what is waiting before it closes', async () => {
  const path = join(temporaryFolder(), 'patchbay.db');
  await makeDatabase(path);
  const queue = new RunWriteQueue({ path, blobThresholdBytes: 1024 });
  const writes = [queue.write(renew), queue.write(cancel)];
  await queue.close();
  expect(await Promise.all(writes)).toEqual([{ kind: 'written' }, { kind: 'unmatched' }]);
});
