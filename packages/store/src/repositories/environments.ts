import type { Kysely } from 'kysely';
import type { EnvironmentLimits, EnvironmentRepository, EnvironmentRetention, EnvironmentRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createEnvironments(database: Kysely<Database>): EnvironmentRepository {
  return {
    list: async () =>
      (await database.selectFrom('environment').selectAll().orderBy('created_at_ms').orderBy('id').execute()).map(
        fromRow,
      ),
    find: async (id) => {
      const row = await database.selectFrom('environment').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    insert: async (row) => {
      await database
        .insertInto('environment')
        .values({
          id: row.id,
          display_name: row.displayName,
          is_default: row.isDefault ? 1 : 0,
          allowed_networks: JSON.stringify(row.allowedNetworks),
          limits: row.limits === undefined ? null : JSON.stringify(row.limits),
          retention: row.retention === undefined ? null : JSON.stringify(row.retention),
          created_at_ms: row.createdAtMs,
        })
        .execute();
    },
    update: async (id, { displayName, allowedNetworks, limits, retention }) => {
      const change = {
        ...(displayName !== undefined && { display_name: displayName }),
        ...(allowedNetworks !== undefined && { allowed_networks: JSON.stringify(allowedNetworks) }),
        ...(limits !== undefined && { limits: JSON.stringify(limits) }),
        ...(retention !== undefined && { retention: JSON.stringify(retention) }),
      };
      if (Object.keys(change).length === 0) return false;
      const result = await database.updateTable('environment').set(change).where('id', '=', id).executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
  };
}

function fromRow(row: Database['environment']): EnvironmentRow {
  return {
    id: row.id,
    displayName: row.display_name,
    isDefault: row.is_default === 1,
    allowedNetworks: JSON.parse(row.allowed_networks) as readonly string[],
    ...(row.limits !== null && { limits: JSON.parse(row.limits) as EnvironmentLimits }),
    ...(row.retention !== null && { retention: JSON.parse(row.retention) as EnvironmentRetention }),
    createdAtMs: row.created_at_ms,
  };
}
