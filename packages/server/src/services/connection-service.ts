import { type ConnectionValues, ConnectorError } from '@patchbay/connector';
import { CredentialError, type Vault } from '@patchbay/credential';
import type { Egress } from '@patchbay/egress';
import type { ConnectionRow, Store } from '@patchbay/store';
import type { FastifyBaseLogger } from 'fastify';
import { toSurfaceForm } from '../errors/describe-error.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { BoundedCache } from '../http/bounded-cache.ts';
import type { ConnectionAccess, ConnectionAccessReader } from './connection-access.ts';
import { ConnectionCalls, type OpenConnection, type Opened } from './connection-calls.ts';
import { failedStatus, refusedStatus, type Status, unauthenticatedStatus } from './connection-status.ts';
import { type ConnectionMaker, ConnectionTokens } from './connection-tokens.ts';
import { splitValues } from './connection-values.ts';
import type { ConnectorService } from './connector-service.ts';
import type { EnvironmentService } from './environment-service.ts';

export type ConnectionChange = {
  readonly displayName?: string;
  readonly values: ConnectionValues;
  readonly parameterSet?: string;
};

/** Connections: what is secret of them is sealed at once and never given back. */
export class ConnectionService {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #connectors: ConnectorService;
  readonly #access: ConnectionAccessReader;
  readonly #tokens: ConnectionTokens;
  readonly #calls: ConnectionCalls;
  readonly #commonRedirectUntilMs: number;
  /** Briefly, so that a busy connection is not opened for every call. */
  readonly #opened = new BoundedCache<string, Opened>(500, 10_000);

  constructor(options: {
    readonly store: Store;
    readonly vault: Vault;
    readonly egress: Egress;
    readonly connectors: ConnectorService;
    readonly environments: EnvironmentService;
    readonly access: ConnectionAccessReader;
    readonly logger: FastifyBaseLogger;
    /** Until when connectors with the common redirect address take new connections. */
    readonly commonRedirectUntilMs: number;
    /** The public origin, under which callers reach connections. */
    readonly origin: string;
  }) {
    this.#store = options.store;
    this.#vault = options.vault;
    this.#connectors = options.connectors;
    this.#access = options.access;
    this.#commonRedirectUntilMs = options.commonRedirectUntilMs;
    this.#calls = new ConnectionCalls({
      ...options,
      // Another change of the connection at this moment says more than this one would.
      onUnauthenticated: (name) => void this.#setStatus(name, refusedStatus).catch(() => undefined),
    });
    this.#tokens = new ConnectionTokens({
      store: options.store.tokens,
      vault: options.vault,
      onDead: async (name, problem) => {
        options.logger.warn({ event: 'sign-in-lost', connection: name, problem }, 'a connection has to sign in again');
        await this.#setStatus(name, failedStatus('Unauthenticated', problem));
      },
    });
  }

  list(environmentId: string, connectorName?: string): Promise<readonly ConnectionRow[]> {
    return this.#store.connections.list(environmentId, connectorName);
  }

  /** Throws `ConnectionNotFound`, also when the connection is of another connector than the one named. */
  async get(name: string, connectorName?: string): Promise<ConnectionRow> {
    const row = await this.#store.connections.find(name);
    if (row !== undefined && (connectorName === undefined || row.connectorName === connectorName)) return row;
    throw new PlatformError(
      'ConnectionNotFound',
      `There is no connection "${name}"${connectorName === undefined ? '' : ` of ${connectorName}`}.`,
    );
  }

  /** Makes a connection, or changes what is given of one; secrets that are not given again stay. */
  async put(
    name: string,
    connectorName: string,
    change: ConnectionChange,
    maker: ConnectionMaker,
  ): Promise<{ readonly row: ConnectionRow; readonly isNew: boolean }> {
    const { row: connector, model } = await this.#connectors.compiled(connectorName);
    const before = await this.#store.connections.find(name);
    if (before !== undefined && before.connectorName !== connectorName) {
      throw new PlatformError('Conflict', `The connection ${name} belongs to another connector. Choose another name.`);
    }
    const kept = before === undefined ? {} : await this.#allValues(before);
    const values = { ...kept, ...change.values };
    const { secrets, readable } = splitValues(model, values);
    const nowMs = Date.now();
    const parameterSet = change.parameterSet ?? before?.parameterSet;
    const subject = {
      connectorName,
      environmentId: connector.environmentId,
      ...(parameterSet !== undefined && { parameterSet }),
    };
    const outcome = await this.#look(subject, values, before);
    const row: ConnectionRow = {
      ...subject,
      name,
      displayName: change.displayName ?? before?.displayName ?? connector.displayName,
      parameters: JSON.stringify(readable),
      ...(Object.keys(secrets).length > 0 && { secret: await this.#vault.seal(secrets, name) }),
      ...outcome.status,
      ...(before?.accountName !== undefined && { accountName: before.accountName }),
      revision: (before?.revision ?? 0) + 1,
      createdBy: before?.createdBy ?? maker.accountId,
      createdAtMs: before?.createdAtMs ?? nowMs,
      changedAtMs: nowMs,
    };
    await this.#write(row, before);
    const hasNewValues = before === undefined || Object.keys(change.values).length > 0;
    const signedIn = hasNewValues && (await this.#signInUnattended(name, outcome.access, maker));
    return { row: signedIn ? await this.get(name) : row, isNew: before === undefined };
  }

  async delete(name: string): Promise<boolean> {
    this.#opened.delete(name);
    await this.#tokens.reset(name);
    return this.#store.connections.delete(name);
  }

  /** Closes every connection that is open for calls, e.g. when a connector and its connections went. */
  forgetAll(): void {
    this.#opened.clear();
  }

  /** Opens a connection for a call. Throws `ConnectionNotFound`, `ConnectorError`, `CredentialError`. */
  async open(name: string): Promise<OpenConnection> {
    const opened = this.#opened.get(name, Date.now()) ?? (await this.#openFresh(name));
    const open = await this.#calls.ready(opened);
    const { oauth } = opened.access.signIn;
    if (oauth === undefined) return open;
    return { ...open, options: { ...open.options, ...(await this.#tokens.forCall(name, opened.access, oauth)) } };
  }

  /** A connection as its sign-in needs it. Throws as {@link open}. */
  async access(name: string): Promise<Opened> {
    const connection = await this.get(name);
    return { connection, access: await this.#access.read(connection, await this.#allValues(connection)) };
  }

  /** Keeps what a sign-in brought; the connection is connected from now on. */
  async keepTokens(name: string, tokens: Parameters<ConnectionTokens['keep']>[1]): Promise<void> {
    await this.#tokens.keep(name, tokens);
    await this.#setStatus(name, { status: 'Connected' }, tokens.accountName);
  }

  async #openFresh(name: string): Promise<Opened> {
    const opened = await this.access(name);
    this.#opened.set(name, opened, Date.now());
    return opened;
  }

  /** Whether a connection can work with its values, as far as that shows without asking anybody. */
  async #look(
    subject: Parameters<ConnectionAccessReader['read']>[0],
    values: ConnectionValues,
    before: ConnectionRow | undefined,
  ): Promise<{ readonly status: Status; readonly access?: ConnectionAccess }> {
    try {
      const access = await this.#access.read(subject, values);
      if (before === undefined) this.#checkRedirectMode(access);
      if (access.signIn.oauth === undefined) return { status: { status: 'Connected' } };
      const isSignedIn = before?.status === 'Connected';
      return { access, status: isSignedIn ? { status: 'Connected' } : unauthenticatedStatus };
    } catch (error) {
      if (error instanceof PlatformError && error.code !== 'VariableNotFound') throw error;
      if (!(error instanceof ConnectorError || error instanceof CredentialError || error instanceof PlatformError)) {
        throw error;
      }
      return { status: failedStatus(toSurfaceForm(error.code), error.message) };
    }
  }

  /** One address for all connectors lets one of them take what is meant for another. */
  #checkRedirectMode({ signIn, redirectMode, connector }: ConnectionAccess): void {
    if (signIn.oauth === undefined || signIn.oauth.grant !== 'authorization-code') return;
    if (redirectMode !== 'Global' || Date.now() < this.#commonRedirectUntilMs) return;
    throw new PlatformError(
      'RedirectUrlShared',
      `${connector.displayName} still uses the redirect URL that all connectors share, and takes no new connections with it. Give it a redirect URL of its own on the Security tab, or set "redirectMode": "GlobalPerConnector" in apiProperties.json and update the connector; then register the new URL with its identity provider. Connections that there are go on working.`,
    );
  }

  /** Gets the first token where nobody has to sign in for it; whether there was something to get. */
  async #signInUnattended(
    name: string,
    access: ConnectionAccess | undefined,
    maker: ConnectionMaker,
  ): Promise<boolean> {
    try {
      const tokens = await this.#tokens.first(name, access, maker);
      if (tokens === undefined) return false;
      await this.keepTokens(name, tokens);
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error;
      await this.#setStatus(name, failedStatus(toSurfaceForm(error.code), error.message));
    }
    return true;
  }

  /** What was found out of a connection, over what anybody else writes at the same time. */
  async #setStatus(name: string, status: Status, accountName?: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#trySetStatus(name, status, accountName);
      } catch (error) {
        if (attempt === 5 || !(error instanceof PlatformError && error.code === 'Conflict')) throw error;
      }
    }
  }

  async #trySetStatus(name: string, status: Status, accountName: string | undefined): Promise<void> {
    const before = await this.get(name);
    const isKnown =
      before.status === status.status && (accountName === undefined || before.accountName === accountName);
    if (isKnown && before.statusError?.message === status.statusError?.message) return;
    const { statusError: _, ...kept } = before;
    const row = {
      ...kept,
      ...status,
      ...(accountName !== undefined && { accountName }),
      revision: before.revision + 1,
      changedAtMs: Date.now(),
    };
    await this.#write(row, before);
  }

  async #allValues(row: ConnectionRow): Promise<ConnectionValues> {
    const secrets = row.secret === undefined ? {} : await this.#vault.open(row.secret, row.name);
    return { ...(JSON.parse(row.parameters) as ConnectionValues), ...secrets };
  }

  async #write(row: ConnectionRow, before: ConnectionRow | undefined): Promise<void> {
    this.#opened.delete(row.name);
    if (before === undefined) return this.#store.connections.insert(row);
    if (await this.#store.connections.update(row, before.revision)) return;
    throw new PlatformError('Conflict', `The connection ${row.name} was changed in the meantime. Try again.`);
  }
}
