import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Runs whose trigger lets only so many be at a time, and those of them that wait. */
export const addRunGates: Migration = {
  async up(database: Kysely<Database>) {
    const { schema } = database;
    await schema.alterTable('run').addColumn('gate', 'text').execute();
    await schema.alterTable('run').addColumn('gate_limit', 'integer').execute();
    await schema
      .alterTable('run')
      .addColumn('waits_at_gate', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await sql`create index run_at_gate on run (gate, waits_at_gate, run_id desc)
      where gate is not null and status in ('Running', 'Waiting')`.execute(database);
  },
};
