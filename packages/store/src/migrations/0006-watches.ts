import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/**
 * What triggers keep of the APIs they hear of events from: subscriptions and poll states, and notes for their history. Without foreign keys:
 * a subscription outlives its flow until it has been given back.
 */
export const createWatches: Migration = {
  async up(database: Kysely<Database>) {
    const { schema } = database;
    await schema
      .createTable('watch')
      .addColumn('watch_id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('flow_id', 'text', (column) => column.notNull())
      .addColumn('trigger_name', 'text', (column) => column.notNull())
      .addColumn('flow_revision', 'integer', (column) => column.notNull())
      .addColumn('environment_id', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('call_hash', 'text', (column) => column.notNull())
      .addColumn('connection', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('address_id', 'text', (column) => column.unique())
      .addColumn('state', 'text')
      .addColumn('pending', 'text')
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('error', 'text')
      .addColumn('due_ms', 'bigint')
      .addColumn('hastened_ms', 'bigint')
      .addColumn('lease_until_ms', 'bigint', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('active_since_ms', 'bigint')
      .addColumn('last_contact_ms', 'bigint')
      .addColumn('last_event_ms', 'bigint')
      .execute();
    await schema.createIndex('watch_by_flow').on('watch').column('flow_id').execute();
    await sql`create unique index watch_by_trigger on watch (flow_id, trigger_name, kind)
      where status not in ('Ending', 'EndFailed')`.execute(database);
    await sql`create index watch_due on watch (due_ms) where due_ms is not null or hastened_ms is not null`.execute(
      database,
    );
    await schema
      .createTable('trigger_note')
      .addColumn('note_id', 'text', (column) => column.primaryKey())
      .addColumn('flow_id', 'text', (column) => column.notNull())
      .addColumn('trigger_name', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('message', 'text')
      .execute();
    await schema
      .createIndex('trigger_note_by_trigger')
      .on('trigger_note')
      .columns(['flow_id', 'trigger_name', 'at_ms'])
      .execute();
  },
};
