import type { Migration } from 'kysely/migration';

/** How much may go out on each connection of an environment: JSON text; null means the platform's own limits. */
export const addEnvironmentLimits: Migration = {
  up: async (database) => {
    await database.schema.alterTable('environment').addColumn('limits', 'text').execute();
  },
};
