import type { SleepingRun, SleepRange } from '@patchbay/workflow';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database.ts';
import { unfinished } from './unfinished.ts';

/** A sleeping run is due at its time, or at once when someone wants it stopped; one in hand, when its lease runs out. */
const dueTime = sql<number>`(case when wake_at_ms is null then lease_until_ms when cancel_requested = 1 then 0 else wake_at_ms end)`;

export async function listDue(database: Kysely<Database>, nowMs: number, limit: number): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('run')
    .select('run_id')
    .where('status', 'in', unfinished)
    .where(dueTime, '<=', nowMs)
    .orderBy(dueTime)
    .orderBy('run_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.run_id);
}

export async function nextDueMs(database: Kysely<Database>): Promise<number | undefined> {
  const row = await database
    .selectFrom('run')
    .select(sql<number | null>`min(${dueTime})`.as('due'))
    .where('status', 'in', unfinished)
    .executeTakeFirst();
  return row?.due ?? undefined;
}

export async function listSleeping(
  database: Kysely<Database>,
  { after, untilMs, limit }: SleepRange,
): Promise<readonly SleepingRun[]> {
  const { rows } = await sql<{ readonly run_id: string; readonly wake_at_ms: number }>`
    select run_id, wake_at_ms from run where status in ('Running', 'Waiting')
      and (wake_at_ms, run_id) > (${after.wakeAtMs}, ${after.runId}) and wake_at_ms <= ${untilMs}
    order by wake_at_ms, run_id limit ${limit}`.execute(database);
  return rows.map((row) => ({ runId: row.run_id, wakeAtMs: row.wake_at_ms }));
}
