import type { SealedSecret } from '@patchbay/credential';
import type { Kysely } from 'kysely';
import type { ConnectorRepository, ConnectorRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createConnectors(database: Kysely<Database>): ConnectorRepository {
  return {
    list: async (environmentId) =>
      (
        await database
          .selectFrom('connector')
          .selectAll()
          .where('environment_id', '=', environmentId)
          .orderBy('display_name')
          .orderBy('name')
          .execute()
      ).map(fromRow),
    find: async (name) => {
      const row = await database.selectFrom('connector').selectAll().where('name', '=', name).executeTakeFirst();
      return row && fromRow(row);
    },
    insert: async (row) => {
      await database.insertInto('connector').values(toRow(row)).execute();
    },
    update: async (row, expectedRevision) => {
      const { name, ...change } = toRow(row);
      const result = await database
        .updateTable('connector')
        .set(change)
        .where('name', '=', name)
        .where('revision', '=', expectedRevision)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    delete: async (name) => {
      const result = await database.deleteFrom('connector').where('name', '=', name).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}

function toRow(row: ConnectorRow): Database['connector'] {
  return {
    name: row.name,
    environment_id: row.environmentId,
    display_name: row.displayName,
    description: row.description,
    revision: row.revision,
    definition: row.definition,
    properties: row.properties,
    secret: row.secret === undefined ? null : JSON.stringify(row.secret),
    created_by: row.createdBy,
    created_at_ms: row.createdAtMs,
    changed_at_ms: row.changedAtMs,
  };
}

function fromRow(row: Database['connector']): ConnectorRow {
  return {
    name: row.name,
    environmentId: row.environment_id,
    displayName: row.display_name,
    description: row.description,
    revision: row.revision,
    definition: row.definition,
    properties: row.properties,
    ...(row.secret !== null && { secret: JSON.parse(row.secret) as SealedSecret }),
    createdBy: row.created_by,
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
  };
}
