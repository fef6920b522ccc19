import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Runs whose callers wait in another process than the one that advances them. */
export const addCallersElsewhere: Migration = {
  async up(database: Kysely<Database>) {
    await database.schema.alterTable('run').addColumn('caller_until_ms', 'bigint').execute();
  },
};
