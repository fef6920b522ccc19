import type { Kysely } from 'kysely';
import type { AccountRepository, AccountRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createAccounts(database: Kysely<Database>): AccountRepository {
  return {
    list: async () =>
      (await database.selectFrom('account').selectAll().orderBy('created_at_ms').orderBy('id').execute()).map(fromRow),
    find: async (id) => {
      const row = await database.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    findByEmail: async (email) => {
      const row = await database
        .selectFrom('account')
        .selectAll()
        .where('email', '=', email.toLowerCase())
        .executeTakeFirst();
      return row && fromRow(row);
    },
    insert: async (row) => {
      await database
        .insertInto('account')
        .values({
          id: row.id,
          email: row.email.toLowerCase(),
          display_name: row.displayName,
          role: row.role,
          password_hash: row.passwordHash ?? null,
          created_at_ms: row.createdAtMs,
        })
        .execute();
    },
    update: async (id, { displayName, role, passwordHash }) => {
      const change = {
        ...(displayName !== undefined && { display_name: displayName }),
        ...(role !== undefined && { role }),
        ...(passwordHash !== undefined && { password_hash: passwordHash }),
      };
      if (Object.keys(change).length === 0) return false;
      const result = await database.updateTable('account').set(change).where('id', '=', id).executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
  };
}

function fromRow(row: Database['account']): AccountRow {
  return {
    id: row.id,
    email: row.email,
    displayName: row.display_name,
    role: row.role as AccountRow['role'],
    ...(row.password_hash !== null && { passwordHash: row.password_hash }),
    createdAtMs: row.created_at_ms,
  };
}
