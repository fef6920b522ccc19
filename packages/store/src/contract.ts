import type { SealedSecret, TokenStore } from '@patchbay/credential';
import type {
  Artifact,
  ArtifactKind,
  ArtifactSource,
  BatchStore,
  Notices,
  RunStore,
  ScheduleStore,
  WatchStore,
} from '@patchbay/workflow';
import type { RunRetention } from './history/contract.ts';

/** Milliseconds since the epoch throughout. Rows are immutable values; a repository answers `undefined` for what is not there. */

/** Of each connection: requests in a minute and at a time (0: as many as come), and how long one may be held back. */
export type EnvironmentLimits = {
  readonly requestsPerMinute: number;
  readonly concurrentRequests: number;
  readonly maxWaitMs: number;
  readonly timeoutMs?: number;
  readonly retryBudgetPercent?: number;
};

/** How long ended runs are kept; 0: as long as there is room, and as many as come. */
export type EnvironmentRetention = { readonly days: number; readonly runsPerFlow: number };

export type EnvironmentRow = {
  readonly id: string;
  readonly displayName: string;
  readonly isDefault: boolean;
  /** Network rules: CIDR blocks and range names that may be reached besides public addresses. */
  readonly allowedNetworks: readonly string[];
  /** How much may go out on each connection; absent: the platform's own limits. */
  readonly limits?: EnvironmentLimits;
  /** Absent: as long as the server says. */
  readonly retention?: EnvironmentRetention;
  readonly createdAtMs: number;
};

export type AccountRow = {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  /** `none`: signed in and allowed nothing. */
  readonly role: 'administrator' | 'maker' | 'none';
  /** scrypt hash of a local account; absent until a password is set. */
  readonly passwordHash?: string;
  readonly createdAtMs: number;
};

/** A portal session. The id is the SHA-256 of the cookie's secret. */
export type SessionRow = {
  readonly id: string;
  readonly accountId: string;
  readonly csrfToken: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

/** A one-time sign-in link. The id is the SHA-256 of the link's secret. */
export type SignInLinkRow = { readonly id: string; readonly accountId: string; readonly expiresAtMs: number };

export type ConnectorRow = {
  /** e.g. `shared_library-20loans-5f3a2dd1fa`. */
  readonly name: string;
  readonly environmentId: string;
  readonly displayName: string;
  readonly description: string;
  /** Grows by one with every change of the definition or the properties. */
  readonly revision: number;
  /** `apiDefinition.swagger.json` as given, JSON text. */
  readonly definition: string;
  /** The `properties` object of `apiProperties.json`, JSON text, without secrets. */
  readonly properties: string;
  /** The secrets of its own clients at identity providers, by place in the properties. */
  readonly secret?: SealedSecret;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
};

export type ConnectionRow = {
  readonly name: string;
  readonly connectorName: string;
  readonly environmentId: string;
  readonly displayName: string;
  /** Connection parameters that are not secret, JSON text. */
  readonly parameters: string;
  /** Which parameter set, for a connector that has several. */
  readonly parameterSet?: string;
  readonly secret?: SealedSecret;
  readonly status: 'Connected' | 'Error';
  readonly statusError?: { readonly code: string; readonly message: string };
  /** Whose account at the API it is, as far as the identity provider said. */
  readonly accountName?: string;
  readonly revision: number;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
};

/** A sign-in to an API that was begun and not ended. The id is the SHA-256 of what the browser or the provider brings back. */
export type PendingLinkRow = {
  readonly id: string;
  /** Where it stands: not yet agreed to, gone to the provider, back and to be confirmed by the client, or at another device. */
  readonly kind: 'consent' | 'provider' | 'confirmation' | 'device';
  readonly connectorName: string;
  readonly connectionName: string;
  readonly accountId: string;
  /** The portal session in which it goes on, once a browser has it. */
  readonly sessionId?: string;
  /** SHA-256 of a secret that only that browser has. */
  readonly browserHash?: string;
  /** What is needed to go on, sealed. */
  readonly secret: SealedSecret;
  readonly expiresAtMs: number;
};

/** A value that definitions of an environment refer to by name: readable, or a secret. */
export type VariableRow = {
  readonly environmentId: string;
  readonly name: string;
  readonly value?: string;
  readonly secret?: SealedSecret;
  readonly changedAtMs: number;
};

/** A schema, map or partner of an environment. */
export type ArtifactRow = Artifact & { readonly environmentId: string; readonly changedAtMs: number };

export type FlowRow = {
  readonly id: string;
  readonly environmentId: string;
  readonly displayName: string;
  readonly state: 'Started' | 'Stopped';
  readonly revision: number;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
};

/** An immutable revision of a flow. */
export type FlowRevisionRow = {
  readonly flowId: string;
  readonly revision: number;
  /** JSON texts. */
  readonly definition: string;
  readonly parameters: string;
  readonly connectionReferences: string;
  readonly createdAtMs: number;
};

/** What the identity provider keeps (grants, codes, tokens): opaque payloads by model and id. */
export type IdentityRow = {
  readonly model: string;
  readonly id: string;
  readonly payload: string;
  readonly grantId?: string;
  readonly userCode?: string;
  readonly uid?: string;
  readonly consumedAtMs?: number;
  readonly expiresAtMs?: number;
};

export interface EnvironmentRepository {
  list(): Promise<readonly EnvironmentRow[]>;
  find(id: string): Promise<EnvironmentRow | undefined>;
  insert(row: EnvironmentRow): Promise<void>;
  update(
    id: string,
    change: Partial<Pick<EnvironmentRow, 'displayName' | 'allowedNetworks' | 'limits' | 'retention'>>,
  ): Promise<boolean>;
}

export interface AccountRepository {
  list(): Promise<readonly AccountRow[]>;
  find(id: string): Promise<AccountRow | undefined>;
  findByEmail(email: string): Promise<AccountRow | undefined>;
  insert(row: AccountRow): Promise<void>;
  update(id: string, change: Partial<Pick<AccountRow, 'displayName' | 'role' | 'passwordHash'>>): Promise<boolean>;
}

export interface SessionRepository {
  find(id: string, nowMs: number): Promise<SessionRow | undefined>;
  insert(row: SessionRow): Promise<void>;
  delete(id: string): Promise<void>;
  /** Ends the sessions of an account, all but one. */
  deleteOthers(accountId: string, keptId: string): Promise<void>;
  deleteExpired(nowMs: number): Promise<void>;
  insertSignInLink(row: SignInLinkRow): Promise<void>;
  /** Answers the link and removes it, so that of two uses one wins. */
  takeSignInLink(id: string, nowMs: number): Promise<SignInLinkRow | undefined>;
}

export interface ConnectorRepository {
  list(environmentId: string): Promise<readonly ConnectorRow[]>;
  find(name: string): Promise<ConnectorRow | undefined>;
  insert(row: ConnectorRow): Promise<void>;
  /** Writes when `revision` is still `expectedRevision`; the row's own revision is the new one. */
  update(row: ConnectorRow, expectedRevision: number): Promise<boolean>;
  /** Removes the connector and its connections. */
  delete(name: string): Promise<boolean>;
}

export interface ConnectionRepository {
  list(environmentId: string, connectorName?: string): Promise<readonly ConnectionRow[]>;
  find(name: string): Promise<ConnectionRow | undefined>;
  insert(row: ConnectionRow): Promise<void>;
  update(row: ConnectionRow, expectedRevision: number): Promise<boolean>;
  delete(name: string): Promise<boolean>;
}

export interface PendingLinkRepository {
  find(id: string, nowMs: number): Promise<PendingLinkRow | undefined>;
  /** Answers it and removes it, so that of two uses one wins. */
  take(id: string, nowMs: number): Promise<PendingLinkRow | undefined>;
  insert(row: PendingLinkRow): Promise<void>;
  deleteExpired(nowMs: number): Promise<void>;
}

export interface VariableRepository {
  list(environmentId: string): Promise<readonly VariableRow[]>;
  put(row: VariableRow): Promise<void>;
  delete(environmentId: string, name: string): Promise<boolean>;
}

export interface ArtifactRepository extends ArtifactSource {
  /** By kind and name, without what is in them. */
  list(environmentId: string): Promise<readonly Omit<ArtifactRow, 'environmentId' | 'content' | 'metadata'>[]>;
  /** Replaces one of the same kind and name. */
  put(row: ArtifactRow): Promise<void>;
  delete(environmentId: string, kind: ArtifactKind, name: string): Promise<boolean>;
}

export interface FlowRepository {
  list(environmentId: string): Promise<readonly FlowRow[]>;
  /** Every flow of every environment that is started: for the triggers, at start-up. */
  listStarted(): Promise<readonly FlowRow[]>;
  find(id: string): Promise<FlowRow | undefined>;
  insert(row: FlowRow, revision: FlowRevisionRow): Promise<void>;
  /** A new revision, when the newest is still `row.revision - 1`. */
  revise(row: FlowRow, revision: FlowRevisionRow): Promise<boolean>;
  setState(id: string, state: FlowRow['state'], changedAtMs: number): Promise<boolean>;
  rename(id: string, displayName: string, changedAtMs: number): Promise<boolean>;
  findRevision(flowId: string, revision: number): Promise<FlowRevisionRow | undefined>;
  delete(id: string): Promise<boolean>;
}

export interface IdentityRepository {
  upsert(row: IdentityRow): Promise<void>;
  find(model: string, id: string): Promise<IdentityRow | undefined>;
  findByUserCode(model: string, userCode: string): Promise<IdentityRow | undefined>;
  findByUid(model: string, uid: string): Promise<IdentityRow | undefined>;
  consume(model: string, id: string, nowMs: number): Promise<void>;
  delete(model: string, id: string): Promise<void>;
  deleteByGrant(grantId: string): Promise<void>;
  /** Forgets every session, grant, code and token of an account. */
  deleteByAccount(accountId: string): Promise<void>;
  deleteExpired(nowMs: number): Promise<void>;
}

/** Small facts of the installation (signing keys' ids, what was seeded), JSON text by name. */
export interface SettingRepository {
  find(name: string): Promise<string | undefined>;
  put(name: string, value: string): Promise<void>;
  /** Keeps the value unless there is one; answers the one that is kept, so that of two makers of a secret both use the first one's. */
  putIfAbsent(name: string, value: string): Promise<string>;
  delete(name: string): Promise<void>;
}

/** Who does something that several processes should not do at once. */
export interface LeaseRepository {
  /** Takes or extends it; `false`: it is somebody else's until its time is up. */
  take(name: string, owner: string, nowMs: number, untilMs: number): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
}

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
