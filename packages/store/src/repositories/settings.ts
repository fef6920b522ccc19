import type { Kysely } from 'kysely';
import type { SettingRepository } from '../contract.ts';
import type { Database } from '../database.ts';

export function createSettings(database: Kysely<Database>): SettingRepository {
  return {
    find: async (name) =>
      (await database.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst())?.value,
    put: async (name, value) => {
      await database
        .insertInto('setting')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
