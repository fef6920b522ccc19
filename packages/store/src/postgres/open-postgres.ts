import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types } from 'pg';
import type { Database } from '../database.ts';
import { StoreError } from '../errors.ts';
import { outagePool } from './outage-pool.ts';

/** An int8 by its type's number in PostgreSQL's catalog: milliseconds fit a JavaScript number. */
const int8 = 20;

/** Refuses a database that something else has its tables in: an address may be another program's. */
export async function refuseForeign(database: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ readonly name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`.execute(database);
  const names = rows.map(({ name }) => name);
  if (names.length === 0 || names.includes('migration')) return;
  throw new StoreError(
    'store-foreign',
    `The PostgreSQL database holds tables of something else (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}). Give Patchbay a database of its own.`,
  );
}

/** By the middle of the time that the question takes. */
export async function clockAheadMs(database: Kysely<Database>): Promise<number> {
  const askedMs = Date.now();
  const { rows } = await sql<{ readonly now: string }>`
    select extract(epoch from clock_timestamp()) * 1000 as now`.execute(database);
  return (askedMs + Date.now()) / 2 - Number(rows[0]?.now);
}

/** Opens PostgreSQL; fails at once and with its address (without the password) when it does not answer. */
export async function openPostgres(url: string): Promise<{ readonly database: Kysely<Database>; readonly pool: Pool }> {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    types: {
      getTypeParser: ((id: number, format?: 'text') =>
        id === int8 ? Number : types.getTypeParser(id, format)) as typeof types.getTypeParser,
    },
  });
  // A connection that breaks, idle or in use, is replaced by the pool, and whoever uses it is told by its query; without listeners it would
  // end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const { host } = new URL(url);
  const place = `PostgreSQL at ${host}`;
  const database = new Kysely<Database>({ dialect: new PostgresDialect({ pool: outagePool(pool, place) }) });
  try {
    await sql`select 1`.execute(database);
    return { database, pool };
  } catch (error) {
    await database.destroy();
    throw new StoreError(
      'store-unreachable',
      `${place} does not answer: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
