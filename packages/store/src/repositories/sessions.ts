import type { Kysely } from 'kysely';
import type { SessionRepository } from '../contract.ts';
import type { Database } from '../database.ts';

export function createSessions(database: Kysely<Database>): SessionRepository {
  return {
    find: async (id, nowMs) => {
      const row = await database
        .selectFrom('session')
        .selectAll()
        .where('id', '=', id)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst();
      return (
        row && {
          id: row.id,
          accountId: row.account_id,
          csrfToken: row.csrf_token,
          createdAtMs: row.created_at_ms,
          expiresAtMs: row.expires_at_ms,
        }
      );
    },
    insert: async (row) => {
      await database
        .insertInto('session')
        .values({
          id: row.id,
          account_id: row.accountId,
          csrf_token: row.csrfToken,
          created_at_ms: row.createdAtMs,
          expires_at_ms: row.expiresAtMs,
        })
        .execute();
    },
    delete: async (id) => {
      await database.deleteFrom('session').where('id', '=', id).execute();
    },
    deleteOthers: async (accountId, keptId) => {
      await database.deleteFrom('session').where('account_id', '=', accountId).where('id', '!=', keptId).execute();
    },
    deleteExpired: async (nowMs) => {
      await database.deleteFrom('session').where('expires_at_ms', '<=', nowMs).execute();
      await database.deleteFrom('sign_in_link').where('expires_at_ms', '<=', nowMs).execute();
    },
    insertSignInLink: async (row) => {
      await database
        .insertInto('sign_in_link')
        .values({ id: row.id, account_id: row.accountId, expires_at_ms: row.expiresAtMs })
        .execute();
    },
    takeSignInLink: async (id, nowMs) => {
      const row = await database.deleteFrom('sign_in_link').where('id', '=', id).returningAll().executeTakeFirst();
      if (row === undefined || row.expires_at_ms <= nowMs) return undefined;
      return { id: row.id, accountId: row.account_id, expiresAtMs: row.expires_at_ms };
    },
  };
}
