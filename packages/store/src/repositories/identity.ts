import { type Kysely, sql } from 'kysely';
import type { IdentityRepository, IdentityRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createIdentity(database: Kysely<Database>): IdentityRepository {
  const one = async (
    model: string,
    column: 'id' | 'user_code' | 'uid',
    value: string,
  ): Promise<IdentityRow | undefined> => {
    const row = await database
      .selectFrom('identity')
      .selectAll()
      .where('model', '=', model)
      .where(column, '=', value)
      .executeTakeFirst();
    return row && fromRow(row);
  };
  return {
    upsert: async (row) => {
      const values = toRow(row);
      await database
        .insertInto('identity')
        .values(values)
        .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(values))
        .execute();
    },
    find: (model, id) => one(model, 'id', id),
    findByUserCode: (model, userCode) => one(model, 'user_code', userCode),
    findByUid: (model, uid) => one(model, 'uid', uid),
    consume: async (model, id, nowMs) => {
      await database
        .updateTable('identity')
        .set({ consumed_at_ms: nowMs })
        .where('model', '=', model)
        .where('id', '=', id)
        .execute();
    },
    delete: async (model, id) => {
      await database.deleteFrom('identity').where('model', '=', model).where('id', '=', id).execute();
    },
    deleteByGrant: async (grantId) => {
      await database.deleteFrom('identity').where('grant_id', '=', grantId).execute();
    },
    deleteByAccount: async (accountId) => {
      // The provider's payloads are its own; each names its account in the same way.
      const member = JSON.stringify({ accountId }).slice(1, -1);
      const pattern = `%${member.replace(/[!%_]/g, '!$&')}%`;
      await database.deleteFrom('identity').where(sql<boolean>`payload like ${pattern} escape '!'`).execute();
    },
    deleteExpired: async (nowMs) => {
      await database.deleteFrom('identity').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}

function toRow(row: IdentityRow): Database['identity'] {
  return {
    model: row.model,
    id: row.id,
    payload: row.payload,
    grant_id: row.grantId ?? null,
    user_code: row.userCode ?? null,
    uid: row.uid ?? null,
    consumed_at_ms: row.consumedAtMs ?? null,
    expires_at_ms: row.expiresAtMs ?? null,
  };
}

function fromRow(row: Database['identity']): IdentityRow {
  return {
    model: row.model,
    id: row.id,
    payload: row.payload,
    ...(row.grant_id !== null && { grantId: row.grant_id }),
    ...(row.user_code !== null && { userCode: row.user_code }),
    ...(row.uid !== null && { uid: row.uid }),
    ...(row.consumed_at_ms !== null && { consumedAtMs: row.consumed_at_ms }),
    ...(row.expires_at_ms !== null && { expiresAtMs: row.expires_at_ms }),
  };
}
