import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Runs that repeat others. */
export const addRunOrigins: Migration = {
  async up(database: Kysely<Database>) {
    await database.schema.alterTable('run').addColumn('origin', 'text').execute();
  },
};
