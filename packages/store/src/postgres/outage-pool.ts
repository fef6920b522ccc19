import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { outageError } from '../outage.ts';
import { postgresOutage } from './postgres-outage.ts';

/** The connections of a pool, whose queries fail with a `StoreError` when the database takes no writes. `place` names it. */
export function outagePool(pool: Pool, place: string): PostgresPool {
  return {
    options: pool.options,
    connect: async () => outageClient(await pool.connect(), place),
    end: () => pool.end(),
  };
}

function outageClient(client: PoolClient, place: string): PostgresPoolClient {
  const query = async (sql: string, parameters: unknown[]): Promise<unknown> => {
    try {
      return await client.query(sql, parameters);
    } catch (error) {
      const outage = postgresOutage(error);
      throw outage === undefined ? error : outageError(outage, place, error);
    }
  };
  return {
    // The other form of the member takes a cursor, and no cursor is opened here.
    query: query as PostgresPoolClient['query'],
    release: (destroys) => client.release(destroys),
  };
}
