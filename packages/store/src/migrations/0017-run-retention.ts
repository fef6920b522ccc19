import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';
import { contentColumns, refersToContent } from '../history/content-columns.ts';

/**
 * How long an environment keeps its runs (JSON text; null means as the server says), runs whose records are still to be removed, and where
 * contents that are stored apart are referred to.
 */
export const addRunRetention: Migration = {
  async up(database: Kysely<Database>) {
    const { schema } = database;
    await schema.alterTable('environment').addColumn('retention', 'text').execute();
    await schema
      .createTable('deleted_run')
      .addColumn('run_id', 'text', (column) => column.primaryKey())
      .execute();
    for (const { table, column } of contentColumns) {
      await sql`create index ${sql.id(`${table}_${column}_content`)} on ${sql.table(table)} (${sql.id(column)})
        where ${sql.raw(refersToContent(column))}`.execute(database);
    }
  },
};
