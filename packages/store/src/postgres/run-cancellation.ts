import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import { unfinished } from './unfinished.ts';

/** Notes on a run that someone wants it stopped; false when it has ended. */
export async function requestCancel(database: Kysely<Database>, runId: string): Promise<boolean> {
  const result = await database
    .updateTable('run')
    .set({ cancel_requested: 1 })
    .where('run_id', '=', runId)
    .where('status', 'in', unfinished)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** The runs in an owner's hand that someone wants stopped. */
export async function cancelRequested(database: Kysely<Database>, owner: string): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('run')
    .select('run_id')
    .where('owner', '=', owner)
    .where('wake_at_ms', 'is', null)
    .where('cancel_requested', '=', 1)
    .where('status', 'in', unfinished)
    .execute();
  return rows.map((row) => row.run_id);
}
