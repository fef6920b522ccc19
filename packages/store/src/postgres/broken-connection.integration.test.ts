import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  emptyDatabase,
  queryPostgres,
  startPostgres,
  type TestPostgres,
  whyNoPostgres,
} from '../test-postgres/start-postgres.ts';
import { openPostgres } from './open-postgres.ts';

const missing = whyNoPostgres();
let postgres: TestPostgres | undefined;
beforeAll(async () => {
  if (missing === undefined) postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.stop());

it('goes on when a connection breaks that somebody holds and asks nothing at the moment', async ({ skip }) => {
  skip(missing !== undefined, missing);
  const url = await emptyDatabase(postgres?.url ?? '');
  const { database } = await openPostgres(url);
  const broken = database.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    await queryPostgres(url, `select pg_terminate_backend(${rows[0]?.pid}, 5000)`);
    // The end of the connection has been heard by then.
    await new Promise((wake) => setTimeout(wake, 100));
    await sql`select 1`.execute(transaction);
  });
  await expect(broken).rejects.toThrow(/not queryable|terminat/);
  const { rows } = await sql`select 7 as seven`.execute(database);
  expect(rows).toEqual([{ seven: 7 }]);
  await database.destroy();
});
