import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Signing in to APIs: clients' secrets, tokens, what is pending, and the variables that definitions refer to. */
export const addSignIn: Migration = {
  async up(database: Kysely<Database>) {
    const { schema } = database;
    await schema.alterTable('connector').addColumn('secret', 'text').execute();
    await schema.alterTable('connection').addColumn('account_name', 'text').execute();
    await schema
      .createTable('connection_token')
      .addColumn('connection_name', 'text', (column) =>
        column.primaryKey().references('connection.name').onDelete('cascade'),
      )
      .addColumn('sealed', 'text')
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('retry_at_ms', 'bigint')
      .addColumn('problem', 'text')
      .execute();
    await schema
      .createTable('lease')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('until_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('pending_link')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('connector_name', 'text', (column) => column.notNull())
      .addColumn('connection_name', 'text', (column) =>
        column.notNull().references('connection.name').onDelete('cascade'),
      )
      .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
      .addColumn('session_id', 'text')
      .addColumn('browser_hash', 'text')
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('pending_link_by_expiry').on('pending_link').column('expires_at_ms').execute();
    await schema
      .createTable('environment_variable')
      .addColumn('environment_id', 'text', (column) => column.notNull().references('environment.id'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'text')
      .addColumn('secret', 'text')
      .addColumn('changed_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('environment_variable_key', ['environment_id', 'name'])
      .execute();
  },
};
