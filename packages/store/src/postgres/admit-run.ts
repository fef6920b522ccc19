import { type Admission, DuplicateRunError, type RunEntry, type RunGate } from '@patchbay/workflow';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../database.ts';
import { admittedRows } from '../runs/admitted-row.ts';
import type { BlobWriter } from '../runs/blobs.ts';
import { toActionRow } from '../runs/run-rows.ts';
import { passGate } from './gates.ts';
import { isUniqueViolation } from './unique-violation.ts';
import { insertBlobs, insertRuns, upsertActions } from './write-rows.ts';

/** Starts a run that a gate lets in, or keeps it waiting there, in one transaction. */
export async function admitRun(
  database: Kysely<Database>,
  blobWriter: BlobWriter,
  started: Extract<RunEntry, { readonly kind: 'run-started' }>,
  gate: RunGate,
): Promise<Admission> {
  const { uniqueKey } = started;
  const blobs = new Map<string, string>();
  const pack = (text: string | undefined) => blobWriter.pack(text, (hash, content) => blobs.set(hash, content));
  const rows = admittedRows(started, gate, pack);
  const actions = (started.records ?? []).map((record) => toActionRow(record, pack));
  try {
    return await database.transaction().execute(async (transaction) => {
      const taken = uniqueKey !== undefined && (await isTaken(transaction, uniqueKey));
      if (taken) throw new DuplicateRunError(uniqueKey);
      const admission = await passGate(transaction, gate);
      if (admission === 'full') return admission;
      await insertBlobs(transaction, blobs);
      await insertRuns(transaction, [admission === 'running' ? rows.running : rows.waiting]);
      await upsertActions(transaction, actions);
      return admission;
    });
  } catch (error) {
    if (uniqueKey !== undefined && isUniqueViolation(error)) throw new DuplicateRunError(uniqueKey);
    throw error;
  }
}

async function isTaken(transaction: Transaction<Database>, uniqueKey: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('run')
    .select('run_id')
    .where('unique_key', '=', uniqueKey)
    .executeTakeFirst();
  return row !== undefined;
}
