import type { TokenStore } from '@patchbay/credential';
import type { BatchStore, Notices, RunStore, ScheduleStore, WatchStore } from '@patchbay/workflow';
import type { AccountRepository } from './contract/accounts.ts';
import type { ArtifactRepository } from './contract/artifacts.ts';
import type { ConnectionRepository } from './contract/connections.ts';
import type { ConnectorRepository } from './contract/connectors.ts';
import type { EnvironmentRepository } from './contract/environments.ts';
import type { FlowRepository } from './contract/flows.ts';
import type { IdentityRepository } from './contract/identity.ts';
import type { LeaseRepository } from './contract/leases.ts';
import type { PendingLinkRepository } from './contract/pending-links.ts';
import type { SessionRepository } from './contract/sessions.ts';
import type { SettingRepository } from './contract/settings.ts';
import type { VariableRepository } from './contract/variables.ts';
import type { RunRetention } from './history/contract.ts';

/** Milliseconds since the epoch throughout. Rows are immutable values; a repository answers `undefined` for what is not there. */

export type * from './contract/accounts.ts';
export type * from './contract/artifacts.ts';
export type * from './contract/connections.ts';
export type * from './contract/connectors.ts';
export type * from './contract/environments.ts';
export type * from './contract/flows.ts';
export type * from './contract/identity.ts';
export type * from './contract/leases.ts';
export type * from './contract/pending-links.ts';
export type * from './contract/sessions.ts';
export type * from './contract/settings.ts';
export type * from './contract/variables.ts';

/** Everything that is kept, behind one object; `openStore` makes one on SQLite or PostgreSQL. */
export interface Store {
  readonly environments: EnvironmentRepository;
  readonly accounts: AccountRepository;
  readonly sessions: SessionRepository;
  readonly connectors: ConnectorRepository;
  readonly connections: ConnectionRepository;
  readonly tokens: TokenStore;
  readonly pendingLinks: PendingLinkRepository;
  readonly variables: VariableRepository;
  readonly artifacts: ArtifactRepository;
  readonly flows: FlowRepository;
  readonly identity: IdentityRepository;
  readonly settings: SettingRepository;
  readonly runs: RunStore;
  readonly retention: RunRetention;
  readonly leases: LeaseRepository;
  readonly schedules: ScheduleStore;
  readonly watches: WatchStore;
  readonly batches: BatchStore;
  /** How the processes over this store reach each other; absent where one process has it to itself. */
  readonly notices?: Notices;
  /** How far this machine's clock is ahead of the database's. */
  clockAheadMs(): Promise<number>;
  /** Cheap proof that the database answers, for readiness. */
  ping(): Promise<void>;
  /** Once; again changes nothing. */
  close(): Promise<void>;
}

/** `{kind:'sqlite', path}` (a file) or `{kind:'postgres', url}`. */
export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };
