import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

const unfinished = sql`status in ('Running', 'Waiting')`;
/** The expression that both run stores ask by: an index serves only the very same one. */
const dueTime = sql`(case when wake_at_ms is null then lease_until_ms when cancel_requested = 1 then 0 else wake_at_ms end)`;

/** What is due, what an owner has in hand and what sleeps, each found without looking at the other unfinished runs. */
export const indexDueRuns: Migration = {
  async up(database: Kysely<Database>) {
    await sql`drop index run_unfinished`.execute(database);
    await sql`create index run_due on run (${dueTime}, run_id desc) where ${unfinished}`.execute(database);
    await sql`create index run_held on run (owner) where wake_at_ms is null and ${unfinished}`.execute(database);
    await sql`create index run_asleep on run (wake_at_ms, run_id) where wake_at_ms is not null and ${unfinished}`.execute(
      database,
    );
  },
};
