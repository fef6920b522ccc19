import type { Kysely } from 'kysely';
import type { LeaseRepository } from '../contract.ts';
import type { Database } from '../database.ts';

export function createLeases(database: Kysely<Database>): LeaseRepository {
  return {
    take: async (name, owner, nowMs, untilMs) => {
      const taken = await database
        .insertInto('lease')
        .values({ name, owner, until_ms: untilMs })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ owner, until_ms: untilMs })
            .where((where) => where.or([where('lease.until_ms', '<=', nowMs), where('lease.owner', '=', owner)])),
        )
        .executeTakeFirst();
      return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    release: async (name, owner) => {
      await database.deleteFrom('lease').where('name', '=', name).where('owner', '=', owner).execute();
    },
  };
}
