import type { Outage } from '../outage.ts';

/** SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const diskFull = '53100';
const readOnlyTransaction = '25006';

/** The outage that an error of PostgreSQL tells of; `undefined`: it tells of something else. */
export function postgresOutage(error: unknown): Outage | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === diskFull) return { kind: 'full', detail: error.message };
  return error.code === readOnlyTransaction ? { kind: 'unwritable', detail: error.message } : undefined;
}
