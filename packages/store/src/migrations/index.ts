import type { Migration } from 'kysely/migration';
import { createTables } from './0001-create-tables.ts';

/** Every migration in order; forward only, never edited once released. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-create-tables': createTables,
};
