import type { RunPosition } from '@patchbay/workflow';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../database.ts';
import { isUnreferenced } from '../history/content-columns.ts';
import type { Deletion, ExpiredRuns, RunRetention } from '../history/contract.ts';
import { endedStatuses, startOf } from '../history/expired-runs.ts';
import { blobHashes } from '../runs/blobs.ts';
import { holdContents } from './hold-contents.ts';

/**
 * Takes runs out of PostgreSQL. What another transaction has in hand is passed over, so that processes that do this at once share the work
 * and nobody waits for them.
 */
export class PostgresRunRetention implements RunRetention {
  readonly #database: Kysely<Database>;

  constructor(database: Kysely<Database>) {
    this.#database = database;
  }

  async findBehind(flowId: string, count: number): Promise<RunPosition | undefined> {
    const { rows } = await sql<{ readonly start_time: string; readonly run_id: string }>`
      select start_time, run_id from unnest(${[...endedStatuses]}::text[]) as wanted (status)
      cross join lateral (select start_time, run_id from run where flow_id = ${flowId} and status = wanted.status
        order by start_time desc, run_id limit ${count + 1}) as newest
      order by start_time desc, run_id limit 1 offset ${count}`.execute(this.#database);
    const [row] = rows;
    return row && { startTime: row.start_time, runId: row.run_id };
  }

  deleteRuns(expired: ExpiredRuns, limit: number): Promise<Deletion> {
    return this.#database.transaction().execute(async (transaction) => {
      const texts: (string | null)[] = [];
      let count = 0;
      for (const status of endedStatuses) {
        const rows = await takeExpired(transaction, expired, status, limit - count);
        for (const { trigger, outputs, response } of rows) texts.push(trigger, outputs, response);
        count += rows.length;
        if (count >= limit) break;
      }
      return { count, contents: [...new Set(blobHashes(texts))] };
    });
  }

  purgeRecords(limit: number): Promise<Deletion> {
    return this.#database.transaction().execute(async (transaction) => {
      const texts: (string | null)[] = [];
      let count = 0;
      while (count < limit) {
        const { rows } = await sql<{ readonly run_id: string }>`
          select run_id from deleted_run limit 1 for update skip locked`.execute(transaction);
        const [deleted] = rows;
        if (deleted === undefined) break;
        const records = await deleteRecords(transaction, deleted.run_id, limit - count);
        for (const { inputs, outputs } of records) texts.push(inputs, outputs);
        if (records.length < limit - count)
          await transaction.deleteFrom('deleted_run').where('run_id', '=', deleted.run_id).execute();
        // A run without records counts too, so that nobody takes it for the end.
        count += Math.max(1, records.length);
      }
      return { count, contents: [...new Set(blobHashes(texts))] };
    });
  }

  async dropContents(hashes: readonly string[]): Promise<number> {
    if (hashes.length === 0) return 0;
    return this.#database.transaction().execute(async (transaction) => {
      await holdContents(transaction, 'alone');
      const result = await sql`delete from blob where hash = any(${[...hashes]}::text[])
        and ${sql.raw(isUnreferenced)}`.execute(transaction);
      return Number(result.numAffectedRows ?? 0n);
    });
  }

  async listContents(after: string, limit: number): Promise<readonly string[]> {
    const rows = await this.#database
      .selectFrom('blob')
      .select('hash')
      .where('hash', '>', after)
      .orderBy('hash')
      .limit(limit)
      .execute();
    return rows.map(({ hash }) => hash);
  }
}

type ExpiredRow = {
  readonly run_id: string;
  readonly trigger: string;
  readonly outputs: string | null;
  readonly response: string | null;
};

async function takeExpired(
  transaction: Transaction<Database>,
  expired: ExpiredRuns,
  status: string,
  limit: number,
): Promise<readonly ExpiredRow[]> {
  const { flowId, endedBefore } = expired;
  const { startTime, runId } = startOf(expired);
  const { rows } = await sql<ExpiredRow>`
    select run_id, "trigger", outputs, response from run
    where flow_id = ${flowId} and status = ${status} and start_time <= ${startTime}
      and (start_time < ${startTime} or run_id >= ${runId}) and end_time < ${endedBefore}
      and not exists (select 1 from run as parent
        where parent.run_id = run.parent::json ->> 'runId' and parent.status in ('Running', 'Waiting'))
    order by start_time limit ${limit} for update of run skip locked`.execute(transaction);
  if (rows.length === 0) return rows;
  const ids = rows.map(({ run_id }) => run_id);
  await transaction
    .insertInto('deleted_run')
    .values(ids.map((run_id) => ({ run_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await transaction.deleteFrom('run_signal').where('run_id', 'in', ids).execute();
  await transaction.deleteFrom('run').where('run_id', 'in', ids).execute();
  return rows;
}

async function deleteRecords(
  transaction: Transaction<Database>,
  runId: string,
  limit: number,
): Promise<readonly { readonly inputs: string | null; readonly outputs: string | null }[]> {
  const { rows } = await sql<{ readonly inputs: string | null; readonly outputs: string | null }>`
    delete from action_record where ctid = any(array(select ctid from action_record where run_id = ${runId} limit ${limit}))
    returning inputs, outputs`.execute(transaction);
  return rows;
}
