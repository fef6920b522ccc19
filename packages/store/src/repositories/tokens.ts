import type { SealedSecret, TokenRow, TokenStore } from '@patchbay/credential';
import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import { createLeases } from './leases.ts';

export function createTokens(database: Kysely<Database>): TokenStore {
  const leases = createLeases(database);
  return {
    find: async (connectionName) => {
      const row = await database
        .selectFrom('connection_token')
        .selectAll()
        .where('connection_name', '=', connectionName)
        .executeTakeFirst();
      return row && fromRow(row);
    },
    put: async (token) => {
      const row = toRow(token);
      if (token.version === 1) {
        const inserted = await database
          .insertInto('connection_token')
          .values(row)
          .onConflict((conflict) => conflict.column('connection_name').doNothing())
          .executeTakeFirst();
        return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
      }
      const updated = await database
        .updateTable('connection_token')
        .set(row)
        .where('connection_name', '=', row.connection_name)
        .where('version', '=', token.version - 1)
        .executeTakeFirst();
      return updated.numUpdatedRows > 0n;
    },
    remove: async (connectionName) => {
      await database.deleteFrom('connection_token').where('connection_name', '=', connectionName).execute();
    },
    lease: (connectionName, owner, nowMs, untilMs) => leases.take(leaseName(connectionName), owner, nowMs, untilMs),
    release: (connectionName, owner) => leases.release(leaseName(connectionName), owner),
  };
}

function leaseName(connectionName: string): string {
  return `tokens of ${connectionName}`;
}

function toRow(token: TokenRow): Database['connection_token'] {
  return {
    connection_name: token.connectionName,
    sealed: token.sealed === undefined ? null : JSON.stringify(token.sealed),
    version: token.version,
    state: token.state,
    retry_at_ms: token.retryAtMs ?? null,
    problem: token.problem ?? null,
  };
}

function fromRow(row: Database['connection_token']): TokenRow {
  return {
    connectionName: row.connection_name,
    ...(row.sealed !== null && { sealed: JSON.parse(row.sealed) as SealedSecret }),
    version: row.version,
    state: row.state as TokenRow['state'],
    ...(row.retry_at_ms !== null && { retryAtMs: row.retry_at_ms }),
    ...(row.problem !== null && { problem: row.problem }),
  };
}
