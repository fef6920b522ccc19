import { randomUUID } from 'node:crypto';
import type { Notices, RunStore } from '@patchbay/workflow';
import { Kysely, sql } from 'kysely';
import { createBatchStore } from './batches.ts';
import type { Store, StoreLocation } from './contract.ts';
import type { Database } from './database.ts';
import type { RunRetention } from './history/contract.ts';
import { migrate } from './migrate.ts';
import { createAccounts } from './repositories/accounts.ts';
import { createArtifacts } from './repositories/artifacts.ts';
import { createConnections } from './repositories/connections.ts';
import { createConnectors } from './repositories/connectors.ts';
import { createEnvironments } from './repositories/environments.ts';
import { createFlows } from './repositories/flows.ts';
import { createIdentity } from './repositories/identity.ts';
import { createLeases } from './repositories/leases.ts';
import { createPendingLinks } from './repositories/pending-links.ts';
import { createSessions } from './repositories/sessions.ts';
import { createSettings } from './repositories/settings.ts';
import { createTokens } from './repositories/tokens.ts';
import { createVariables } from './repositories/variables.ts';
import { createScheduleStore } from './schedules.ts';
import { explainUnopened, openSqlite } from './sqlite/open-sqlite.ts';
import { createSqliteDialect } from './sqlite/sqlite-dialect.ts';
import { SqliteRunStore } from './sqlite/sqlite-run-store.ts';
import { createWatchStore } from './watches.ts';

export type StoreOptions = {
  /** Payloads from this length on are stored once, by their content's hash. Default 8 KiB. */
  readonly blobThresholdBytes?: number;
  /** What leases are compared with. Default: the system's time. */
  readonly nowMs?: () => number;
};

/** Opens the store, bringing its schema up to date. Throws {@link StoreError} when it is in use, newer or not to be reached. */
export async function openStore(location: StoreLocation, options: StoreOptions = {}): Promise<Store> {
  const runOptions = { blobThresholdBytes: options.blobThresholdBytes ?? 8 * 1024, nowMs: options.nowMs ?? Date.now };
  return location.kind === 'sqlite'
    ? openOnSqlite(location.path, runOptions)
    : openOnPostgres(location.url, runOptions);
}

type RunOptions = { readonly blobThresholdBytes: number; readonly nowMs: () => number };

async function openOnSqlite(path: string, options: RunOptions): Promise<Store> {
  const { database, release } = openSqlite(path);
  const kysely = new Kysely<Database>({ dialect: createSqliteDialect(database, path) });
  const close = async (): Promise<void> => {
    await kysely.destroy();
    release();
  };
  try {
    await migrate(kysely);
    // Whoever held one is gone: this process has the file to itself.
    database.exec('update watch set lease_until_ms = 0');
    const runs = new SqliteRunStore(database, { path, ...options });
    return assemble(kysely, runs, runs.retention, async () => {
      await runs.close();
      await close();
    });
  } catch (error) {
    await close();
    throw explainUnopened(path, error);
  }
}

async function openOnPostgres(url: string, options: RunOptions): Promise<Store> {
  // Not loaded where the store is a file.
  const { clockAheadMs, openPostgres, refuseForeign } = await import('./postgres/open-postgres.ts');
  const { PostgresNotices } = await import('./postgres/postgres-notices.ts');
  const { PostgresRunRetention } = await import('./postgres/postgres-run-retention.ts');
  const { PostgresRunStore } = await import('./postgres/postgres-run-store.ts');
  const { database: kysely, pool } = await openPostgres(url);
  try {
    await refuseForeign(kysely);
    await migrate(kysely);
    const runs = new PostgresRunStore(kysely, options);
    const notices = new PostgresNotices(pool, { url, sender: randomUUID() });
    const close = async (): Promise<void> => {
      await notices.close();
      await runs.close();
      await kysely.destroy();
    };
    return assemble(kysely, runs, new PostgresRunRetention(kysely), close, {
      notices,
      clockAheadMs: () => clockAheadMs(kysely),
    });
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
}

/** What processes that share a database need of it. */
type Shared = { readonly notices: Notices; readonly clockAheadMs: () => Promise<number> };

function assemble(
  database: Kysely<Database>,
  runs: RunStore,
  retention: RunRetention,
  close: () => Promise<void>,
  shared?: Shared,
): Store {
  let closed: Promise<void> | undefined;
  return {
    environments: createEnvironments(database),
    accounts: createAccounts(database),
    sessions: createSessions(database),
    connectors: createConnectors(database),
    connections: createConnections(database),
    tokens: createTokens(database),
    pendingLinks: createPendingLinks(database),
    variables: createVariables(database),
    artifacts: createArtifacts(database),
    flows: createFlows(database),
    identity: createIdentity(database),
    settings: createSettings(database),
    runs,
    retention,
    leases: createLeases(database),
    schedules: createScheduleStore(database),
    watches: createWatchStore(database),
    batches: createBatchStore(database, { isShared: shared !== undefined }),
    ...(shared !== undefined && { notices: shared.notices }),
    clockAheadMs: async () => shared?.clockAheadMs() ?? 0,
    ping: async () => {
      await sql`select 1`.execute(database);
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
