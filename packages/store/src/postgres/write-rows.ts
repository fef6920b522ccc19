import type { Transaction } from 'kysely';
import type { ActionRecordTable, Database, RunTable } from '../database.ts';
import { actionColumns } from '../runs/run-rows.ts';
import { holdContents } from './hold-contents.ts';

/** Rows of one statement; PostgreSQL takes 65,535 parameters. */
const maxRowsPerStatement = 1000;

/** Contents by their hash; they stay until the transaction ends, and with it what refers to them is there. */
export async function insertBlobs(
  transaction: Transaction<Database>,
  blobs: ReadonlyMap<string, string>,
): Promise<void> {
  if (blobs.size > 0) await holdContents(transaction, 'with-others');
  for (const [hash, content] of blobs) {
    await transaction
      .insertInto('blob')
      .values({ hash, content })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

export async function insertRuns(transaction: Transaction<Database>, rows: readonly RunTable[]): Promise<void> {
  for (let start = 0; start < rows.length; start += maxRowsPerStatement) {
    await transaction
      .insertInto('run')
      .values(rows.slice(start, start + maxRowsPerStatement))
      .execute();
  }
}

/** A record replaces the one of the same run, action and iteration. */
export async function upsertActions(
  transaction: Transaction<Database>,
  rows: readonly ActionRecordTable[],
): Promise<void> {
  const replaced = actionColumns.filter(
    (column) => column !== 'run_id' && column !== 'action' && column !== 'iteration',
  );
  for (let start = 0; start < rows.length; start += maxRowsPerStatement) {
    await transaction
      .insertInto('action_record')
      .values(rows.slice(start, start + maxRowsPerStatement))
      .onConflict((conflict) =>
        conflict
          .columns(['run_id', 'action', 'iteration'])
          .doUpdateSet((eb) => Object.fromEntries(replaced.map((column) => [column, eb.ref(`excluded.${column}`)]))),
      )
      .execute();
  }
}
