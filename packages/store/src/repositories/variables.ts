import type { SealedSecret } from '@patchbay/credential';
import type { Kysely } from 'kysely';
import type { VariableRepository, VariableRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createVariables(database: Kysely<Database>): VariableRepository {
  return {
    list: async (environmentId) =>
      (
        await database
          .selectFrom('environment_variable')
          .selectAll()
          .where('environment_id', '=', environmentId)
          .orderBy('name')
          .execute()
      ).map(fromRow),
    put: async (row) => {
      const values = toRow(row);
      await database
        .insertInto('environment_variable')
        .values(values)
        .onConflict((conflict) => conflict.columns(['environment_id', 'name']).doUpdateSet(values))
        .execute();
    },
    delete: async (environmentId, name) => {
      const result = await database
        .deleteFrom('environment_variable')
        .where('environment_id', '=', environmentId)
        .where('name', '=', name)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}

function toRow(row: VariableRow): Database['environment_variable'] {
  return {
    environment_id: row.environmentId,
    name: row.name,
    value: row.value ?? null,
    secret: row.secret === undefined ? null : JSON.stringify(row.secret),
    changed_at_ms: row.changedAtMs,
  };
}

function fromRow(row: Database['environment_variable']): VariableRow {
  return {
    environmentId: row.environment_id,
    name: row.name,
    ...(row.value !== null && { value: row.value }),
    ...(row.secret !== null && { secret: JSON.parse(row.secret) as SealedSecret }),
    changedAtMs: row.changed_at_ms,
  };
}
