import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Messages that are gathered for Batch triggers; of those that were released, for a while, their keys. Without foreign keys, as runs. */
export const createBatches: Migration = {
  async up(database: Kysely<Database>) {
    const { schema } = database;
    await schema
      .createTable('batch_message')
      .addColumn('flow_id', 'text', (column) => column.notNull())
      .addColumn('message_key', 'text', (column) => column.notNull())
      .addColumn('trigger_name', 'text', (column) => column.notNull())
      .addColumn('batch_name', 'text', (column) => column.notNull())
      .addColumn('partition_name', 'text', (column) => column.notNull())
      .addColumn('sequence', 'bigint', (column) => column.notNull())
      .addColumn('message_id', 'text', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('byte_count', 'bigint', (column) => column.notNull())
      .addColumn('added_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('release_id', 'text')
      .addColumn('settled_at_ms', 'bigint')
      .addPrimaryKeyConstraint('batch_message_key', ['flow_id', 'message_key'])
      .execute();
    await sql`create index batch_message_waiting on batch_message
      (flow_id, trigger_name, batch_name, partition_name, sequence) where release_id is null`.execute(database);
    await schema.createIndex('batch_message_by_release').on('batch_message').column('release_id').execute();
    await schema.createIndex('batch_message_settled').on('batch_message').column('settled_at_ms').execute();
  },
};
