import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** What is sent to actions that wait: once by its id, until the run has ended. */
export const addSignals: Migration = {
  async up(database: Kysely<Database>) {
    const { schema } = database;
    await schema.alterTable('run').addColumn('parent', 'text').execute();
    await schema.alterTable('action_record').addColumn('wait_state', 'text').execute();
    await schema
      .createTable('run_signal')
      .addColumn('run_id', 'text', (column) => column.notNull())
      .addColumn('signal_id', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('iteration', 'text', (column) => column.notNull())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('is_consumed', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('run_signal_key', ['run_id', 'signal_id'])
      .execute();
  },
};
