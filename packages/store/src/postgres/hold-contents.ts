import { sql, type Transaction } from 'kysely';
import type { Database } from '../database.ts';

/**
 * Until the transaction ends: `with-others` that contents which are there stay there, `alone` that nobody is about to refer to one. A
 * content that is already stored is not stored again, so who refers to it must not find it gone when it commits. Taken after rows of runs
 * and gates, so that nobody waits in a circle.
 */
export async function holdContents(transaction: Transaction<Database>, how: 'with-others' | 'alone'): Promise<void> {
  const key = sql`hashtextextended('contents of runs', 0)`;
  if (how === 'alone') await sql`select pg_advisory_xact_lock(${key})`.execute(transaction);
  else await sql`select pg_advisory_xact_lock_shared(${key})`.execute(transaction);
}
