import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { migrations } from './migrations/index.ts';

/** Brings the schema up to date. Refuses a database that a newer program has migrated. */
export async function migrate(database: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const message = error instanceof Error ? error.message : String(error);
  if (/corrupted migrations|previously executed migration/i.test(message)) {
    throw new StoreError(
      'store-newer',
      'The database was written by a newer version of Patchbay. Start that version, or restore a backup.',
      {
        cause: error,
      },
    );
  }
  throw error;
}
