import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/**
 * The history of a flow by status, newest first, found in the index alone, and what lists say of a trigger without its payloads. Runs that
 * were kept before have no summary: it is made of the trigger when they are listed.
 */
export const indexRunHistory: Migration = {
  async up(database: Kysely<Database>) {
    await database.schema.alterTable('run').addColumn('trigger_summary', 'text').execute();
    await sql`create index run_history on run (flow_id, status, start_time desc, run_id)`.execute(database);
    await sql`drop index run_by_flow`.execute(database);
  },
};
