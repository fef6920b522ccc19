import type { SealedSecret } from '@patchbay/credential';
import type { Kysely } from 'kysely';
import type { ConnectionRepository, ConnectionRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createConnections(database: Kysely<Database>): ConnectionRepository {
  return {
    list: async (environmentId, connectorName) => {
      const all = database.selectFrom('connection').selectAll().where('environment_id', '=', environmentId);
      const narrowed = connectorName === undefined ? all : all.where('connector_name', '=', connectorName);
      return (await narrowed.orderBy('display_name').orderBy('name').execute()).map(fromRow);
    },
    find: async (name) => {
      const row = await database.selectFrom('connection').selectAll().where('name', '=', name).executeTakeFirst();
      return row && fromRow(row);
    },
    insert: async (row) => {
      await database.insertInto('connection').values(toRow(row)).execute();
    },
    update: async (row, expectedRevision) => {
      const { name, ...change } = toRow(row);
      const result = await database
        .updateTable('connection')
        .set(change)
        .where('name', '=', name)
        .where('revision', '=', expectedRevision)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    delete: async (name) => {
      const result = await database.deleteFrom('connection').where('name', '=', name).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}

function toRow(row: ConnectionRow): Database['connection'] {
  return {
    name: row.name,
    connector_name: row.connectorName,
    environment_id: row.environmentId,
    display_name: row.displayName,
    parameters: row.parameters,
    parameter_set: row.parameterSet ?? null,
    secret: row.secret === undefined ? null : JSON.stringify(row.secret),
    status: row.status,
    status_error: row.statusError === undefined ? null : JSON.stringify(row.statusError),
    account_name: row.accountName ?? null,
    revision: row.revision,
    created_by: row.createdBy,
    created_at_ms: row.createdAtMs,
    changed_at_ms: row.changedAtMs,
  };
}

function fromRow(row: Database['connection']): ConnectionRow {
  return {
    name: row.name,
    connectorName: row.connector_name,
    environmentId: row.environment_id,
    displayName: row.display_name,
    parameters: row.parameters,
    ...(row.parameter_set !== null && { parameterSet: row.parameter_set }),
    ...(row.secret !== null && { secret: JSON.parse(row.secret) as SealedSecret }),
    status: row.status as ConnectionRow['status'],
    ...(row.status_error !== null && {
      statusError: JSON.parse(row.status_error) as NonNullable<ConnectionRow['statusError']>,
    }),
    ...(row.account_name !== null && { accountName: row.account_name }),
    revision: row.revision,
    createdBy: row.created_by,
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
  };
}
