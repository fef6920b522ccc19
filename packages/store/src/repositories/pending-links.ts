import type { SealedSecret } from '@patchbay/credential';
import type { Kysely } from 'kysely';
import type { PendingLinkRepository, PendingLinkRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createPendingLinks(database: Kysely<Database>): PendingLinkRepository {
  return {
    find: async (id, nowMs) => {
      const row = await database
        .selectFrom('pending_link')
        .selectAll()
        .where('id', '=', id)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst();
      return row && fromRow(row);
    },
    take: async (id, nowMs) => {
      const row = await database.deleteFrom('pending_link').where('id', '=', id).returningAll().executeTakeFirst();
      return row === undefined || row.expires_at_ms <= nowMs ? undefined : fromRow(row);
    },
    insert: async (row) => {
      await database.insertInto('pending_link').values(toRow(row)).execute();
    },
    deleteExpired: async (nowMs) => {
      await database.deleteFrom('pending_link').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}

function toRow(row: PendingLinkRow): Database['pending_link'] {
  return {
    id: row.id,
    kind: row.kind,
    connector_name: row.connectorName,
    connection_name: row.connectionName,
    account_id: row.accountId,
    session_id: row.sessionId ?? null,
    browser_hash: row.browserHash ?? null,
    secret: JSON.stringify(row.secret),
    expires_at_ms: row.expiresAtMs,
  };
}

function fromRow(row: Database['pending_link']): PendingLinkRow {
  return {
    id: row.id,
    kind: row.kind as PendingLinkRow['kind'],
    connectorName: row.connector_name,
    connectionName: row.connection_name,
    accountId: row.account_id,
    ...(row.session_id !== null && { sessionId: row.session_id }),
    ...(row.browser_hash !== null && { browserHash: row.browser_hash }),
    secret: JSON.parse(row.secret) as SealedSecret,
    expiresAtMs: row.expires_at_ms,
  };
}
