import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

export const createTables: Migration = {
  async up(database: Kysely<Database>) {
    await createPeople(database);
    await createConnectors(database);
    await createFlows(database);
    await createRuns(database);
  },
};

async function createPeople(database: Kysely<Database>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('environment')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('is_default', 'integer', (column) => column.notNull())
    .addColumn('allowed_networks', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('account')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('session')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('csrf_token', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('sign_in_link')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('identity')
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('grant_id', 'text')
    .addColumn('user_code', 'text')
    .addColumn('uid', 'text')
    .addColumn('consumed_at_ms', 'bigint')
    .addColumn('expires_at_ms', 'bigint')
    .addPrimaryKeyConstraint('identity_key', ['model', 'id'])
    .execute();
  for (const column of ['grant_id', 'user_code', 'uid', 'expires_at_ms'] as const) {
    await schema.createIndex(`identity_by_${column}`).on('identity').column(column).execute();
  }
  await schema
    .createTable('setting')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

async function createConnectors(database: Kysely<Database>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('connector')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('environment_id', 'text', (column) => column.notNull().references('environment.id'))
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('properties', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('changed_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('connector_by_environment').on('connector').column('environment_id').execute();
  await schema
    .createTable('connection')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('connector_name', 'text', (column) => column.notNull().references('connector.name').onDelete('cascade'))
    .addColumn('environment_id', 'text', (column) => column.notNull().references('environment.id'))
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    .addColumn('parameter_set', 'text')
    .addColumn('secret', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('status_error', 'text')
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('changed_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('connection_by_connector').on('connection').column('connector_name').execute();
  await schema.createIndex('connection_by_environment').on('connection').column('environment_id').execute();
}

async function createFlows(database: Kysely<Database>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('flow')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('environment_id', 'text', (column) => column.notNull().references('environment.id'))
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('changed_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('flow_by_environment').on('flow').column('environment_id').execute();
  await schema
    .createTable('flow_revision')
    .addColumn('flow_id', 'text', (column) => column.notNull().references('flow.id').onDelete('cascade'))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    .addColumn('connection_references', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('flow_revision_key', ['flow_id', 'revision'])
    .execute();
  await schema
    .createTable('schedule')
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('trigger_name', 'text', (column) => column.notNull())
    .addColumn('flow_revision', 'integer', (column) => column.notNull())
    .addColumn('next_fire_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_fire_ms', 'bigint')
    .addPrimaryKeyConstraint('schedule_key', ['flow_id', 'trigger_name'])
    .execute();
}

/**
 * Runs and their records carry no foreign keys: they are written on the hot path by the engine, which owns their consistency, and outlive
 * nothing, since deleting a flow deletes them by query.
 */
async function createRuns(database: Kysely<Database>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('run')
    .addColumn('run_id', 'text', (column) => column.primaryKey())
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('flow_revision', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('error', 'text')
    .addColumn('start_time', 'text', (column) => column.notNull())
    .addColumn('end_time', 'text')
    .addColumn('trigger', 'text', (column) => column.notNull())
    .addColumn('client_tracking_id', 'text', (column) => column.notNull())
    .addColumn('outputs', 'text')
    .addColumn('response', 'text')
    .addColumn('unique_key', 'text')
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('lease_until_ms', 'bigint', (column) => column.notNull())
    .addColumn('wake_at_ms', 'bigint')
    .addColumn('cancel_requested', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('run_by_flow').on('run').columns(['flow_id', 'run_id']).execute();
  await sql`create unique index run_by_unique_key on run (unique_key) where unique_key is not null`.execute(database);
  await sql`create index run_unfinished on run (lease_until_ms) where status in ('Running', 'Waiting')`.execute(
    database,
  );
  await schema
    .createTable('action_record')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('iteration', 'text', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('error', 'text')
    .addColumn('inputs', 'text')
    .addColumn('outputs', 'text')
    .addColumn('start_time', 'text', (column) => column.notNull())
    .addColumn('end_time', 'text')
    .addColumn('tracking_id', 'text', (column) => column.notNull())
    .addColumn('tracked_properties', 'text')
    .addColumn('retry_history', 'text')
    .addColumn('repetition_count', 'integer')
    .addColumn('intent', 'text')
    .addColumn('wake_at_ms', 'bigint')
    .addPrimaryKeyConstraint('action_record_key', ['run_id', 'action', 'iteration'])
    .execute();
  await schema
    .createTable('blob')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('content', 'text', (column) => column.notNull())
    .execute();
}
