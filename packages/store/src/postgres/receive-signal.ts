import type { RunSignal, SignalReceipt } from '@patchbay/workflow';
import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { BlobWriter } from '../runs/blobs.ts';
import { putSignal } from './signals.ts';
import { insertBlobs } from './write-rows.ts';

/** Keeps a signal for a run that waits for it, with the run's row locked. */
export function receiveSignal(
  database: Kysely<Database>,
  blobWriter: BlobWriter,
  signal: RunSignal,
): Promise<SignalReceipt> {
  return database.transaction().execute(async (transaction) => {
    const blobs = new Map<string, string>();
    const payload = blobWriter.pack(signal.payload, (hash, content) => blobs.set(hash, content)) ?? 'null';
    const run = await transaction
      .selectFrom('run')
      .select('run_id')
      .where('run_id', '=', signal.runId)
      .forUpdate()
      .executeTakeFirst();
    if (run === undefined) return 'unexpected';
    const receipt = await putSignal(transaction, { ...signal, payload });
    if (receipt === 'taken') await insertBlobs(transaction, blobs);
    return receipt;
  });
}
