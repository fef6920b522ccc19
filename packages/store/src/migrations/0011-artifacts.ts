import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Schemas, maps and what names trading partners, by environment, kind and name. */
export const addArtifacts: Migration = {
  async up(database: Kysely<Database>) {
    await database.schema
      .createTable('artifact')
      .addColumn('environment_id', 'text', (column) => column.notNull().references('environment.id'))
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('stem', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('content_type', 'text', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('metadata', 'text')
      .addColumn('changed_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('artifact_key', ['environment_id', 'kind', 'key'])
      .execute();
    await database.schema
      .createIndex('artifact_stem')
      .on('artifact')
      .columns(['environment_id', 'kind', 'stem'])
      .execute();
  },
};
