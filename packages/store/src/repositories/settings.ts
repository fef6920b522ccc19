import type { Kysely } from 'kysely';
import type { SettingRepository } from '../contract.ts';
import type { Database } from '../database.ts';

export function createSettings(database: Kysely<Database>): SettingRepository {
  const find = async (name: string): Promise<string | undefined> =>
    (await database.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst())?.value;
  return {
    find,
    putIfAbsent: async (name, value) => {
      await database
        .insertInto('setting')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      return (await find(name)) ?? value;
    },
    delete: async (name) => {
      await database.deleteFrom('setting').where('name', '=', name).execute();
    },
    put: async (name, value) => {
      await database
        .insertInto('setting')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
