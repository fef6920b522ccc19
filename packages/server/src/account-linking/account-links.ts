import { randomBytes } from 'node:crypto';
import {
  type AuthorizationRequest,
  authorizationHost,
  beginDevice,
  buildAuthorizationRequest,
  CredentialError,
  type DeviceAuthorization,
  discoverIssuer,
  isUnattended,
  type OAuthSettings,
  redeemCode,
  redeemDevice,
  type TokenSet,
  type Vault,
} from '@patchbay/credential';
import type { AccountRow, ConnectionRow, PendingLinkRepository, PendingLinkRow, Store } from '@patchbay/store';
import type { FastifyBaseLogger } from 'fastify';
import { PlatformError } from '../errors/platform-error.ts';
import { hashSecret } from '../http/authenticator.ts';
import type { ConnectionAccess } from '../services/connection-access.ts';
import type { ConnectionService } from '../services/connection-service.ts';
import { redirectName } from '../services/connector-oauth.ts';
import { type LinkArrival, type LinkCheck, linkChecks } from './link-checks.ts';

const consentLifetimeMs = 30 * 60 * 1000;
const providerLifetimeMs = 15 * 60 * 1000;
const confirmationLifetimeMs = 5 * 60 * 1000;

/** Somebody in a browser: who they are, and what only this browser has. */
export type LinkingBrowser = {
  readonly account: Pick<AccountRow, 'id'> | undefined;
  readonly sessionId: string | undefined;
  readonly browserSecret: string | undefined;
};

/** Where somebody goes after, and whether the client that asked wants to confirm. */
export type LinkReturn = { readonly returnTo: string; readonly isConfirmed: boolean };

/** What the consent page says. */
export type LinkSubject = {
  readonly connection: ConnectionRow;
  readonly access: ConnectionAccess;
  readonly settings: OAuthSettings;
};

export type LinkOutcome = LinkReturn & {
  readonly connection: ConnectionRow;
  /** What the provider or the check said, when nothing was linked. */
  readonly problem?: string;
  /** For a client that confirms. */
  readonly code?: string;
};

export type AccountLinksOptions = {
  readonly store: Store;
  readonly vault: Vault;
  readonly connections: ConnectionService;
  readonly logger: FastifyBaseLogger;
  /** What is asked of who comes back; all of `linkChecks` unless given. */
  readonly checks?: readonly LinkCheck[];
  /** How what is pending is used up; once unless given. */
  readonly takePending?: PendingLinkRepository['take'];
};

type Kept = { readonly [name: string]: string };

/**
 * Links accounts at identity providers to connections. A sign-in goes through three hands, each of which it leaves once: a ticket for the
 * consent page, a state at the provider, and, for clients that want it, a code to confirm. Each is kept only as its hash.
 */
export class AccountLinks {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #connections: ConnectionService;
  readonly #logger: FastifyBaseLogger;
  readonly #checks: readonly LinkCheck[];

  readonly #takePending: PendingLinkRepository['take'];

  constructor(options: AccountLinksOptions) {
    this.#store = options.store;
    this.#takePending = options.takePending ?? options.store.pendingLinks.take;
    this.#vault = options.vault;
    this.#connections = options.connections;
    this.#logger = options.logger;
    this.#checks = options.checks ?? linkChecks;
  }

  /** Begins a sign-in: the ticket of its consent page. Throws `SignInNotNeeded` for a connection that has none. */
  async begin(connectionName: string, accountId: string, { returnTo, isConfirmed }: LinkReturn): Promise<string> {
    const { connection } = await this.#subject(connectionName);
    return this.#keep('consent', connection, accountId, consentLifetimeMs, {
      returnTo,
      confirmed: String(isConfirmed),
    });
  }

  /** What a ticket is for, for the person who begun. Throws `LinkRefused`. */
  async show(ticket: string, accountId: string): Promise<LinkSubject> {
    const pending = await this.#store.pendingLinks.find(hashSecret(ticket), Date.now());
    return this.#subject((await this.#checkTicket(pending, accountId)).connectionName);
  }

  /** The host of the page on which people sign in. Throws `CredentialError` when the settings name none. */
  providerHost(settings: OAuthSettings): string {
    return authorizationHost(settings);
  }

  /** They agreed: where the browser goes, to come back only in this browser. Throws `LinkRefused`. */
  async agree(ticket: string, browser: LinkingBrowser, browserSecret: string): Promise<AuthorizationRequest> {
    const id = hashSecret(ticket);
    const accountId = browser.account?.id ?? '';
    await this.#checkTicket(await this.#store.pendingLinks.find(id, Date.now()), accountId);
    const pending = await this.#checkTicket(await this.#takePending(id, Date.now()), accountId);
    const { connection, access, settings } = await this.#subject(pending.connectionName);
    const request = await buildAuthorizationRequest(settings);
    const issuer = await discoverIssuer(settings, access.oauthAccess.fetch);
    const kept = await this.#open(pending);
    await this.#insert(
      'provider',
      request.state,
      connection,
      accountId,
      providerLifetimeMs,
      {
        ...kept,
        codeVerifier: request.codeVerifier,
        ...(issuer !== undefined && { issuer: issuer.issuer, announcesIssuer: String(issuer.announcesIssuer) }),
      },
      { sessionId: browser.sessionId ?? '', browserHash: hashSecret(browserSecret) },
    );
    return request;
  }

  /**
   * They come back. The state is used up whatever comes of it. Throws `LinkRefused` when it is not known, or when anything says that
   * this is not the person, the browser, the connector or the provider that it belongs to.
   */
  async arrive(arrivedAt: string | undefined, query: URLSearchParams, browser: LinkingBrowser): Promise<LinkOutcome> {
    const pending = await this.#takePending(hashSecret(query.get('state') ?? ''), Date.now());
    if (pending === undefined || pending.kind !== 'provider') {
      throw refused('This sign-in is not known: it was ended already, or took too long.');
    }
    const { connection, access, settings } = await this.#subject(pending.connectionName);
    const kept = await this.#open(pending);
    this.#check({
      pending,
      arrivedAt,
      expectedAt: access.redirectMode === 'Global' ? undefined : redirectName(connection.connectorName),
      browserHash: browser.browserSecret === undefined ? undefined : hashSecret(browser.browserSecret),
      sessionId: browser.sessionId,
      accountId: browser.account?.id,
      issuer: {
        ...(kept['issuer'] !== undefined && { expected: kept['issuer'] }),
        isAnnounced: kept['announcesIssuer'] === 'true',
        said: query.get('iss') ?? undefined,
      },
    });
    const outcome = { connection, returnTo: kept['returnTo'] ?? '', isConfirmed: kept['confirmed'] === 'true' };
    const [code, said] = [query.get('code'), query.get('error_description') ?? query.get('error')];
    if (code === null) return { ...outcome, problem: said ?? 'The identity provider sent no code.' };
    try {
      const answer = { code, codeVerifier: kept['codeVerifier'] ?? '' };
      return await this.#finish(outcome, pending, await redeemCode(settings, answer, access.oauthAccess));
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error;
      return { ...outcome, problem: error.message };
    }
  }

  /** The client that began confirms with what its person brought back. Throws `LinkRefused`. */
  async confirm(connectionName: string, code: string, accountId: string): Promise<void> {
    const pending = await this.#takePending(hashSecret(code), Date.now());
    const fits =
      pending?.kind === 'confirmation' && pending.accountId === accountId && pending.connectionName === connectionName;
    if (!fits) throw refused('The code is not one of this connection, was used already, or took too long.');
    const { tokens = '{}' } = await this.#open(pending);
    // Sealed by `#finish`, and for this row only.
    await this.#connections.keepTokens(connectionName, JSON.parse(tokens) as TokenSet);
  }

  /** Begins at another device: what the person does there, and the ticket to ask with. */
  async beginOnDevice(
    connectionName: string,
    accountId: string,
  ): Promise<DeviceAuthorization & { readonly ticket: string }> {
    const { connection, access, settings } = await this.#subject(connectionName);
    const device = await beginDevice(settings, access.oauthAccess);
    const lifetimeMs = Math.min(device.expiresInSeconds, 3600) * 1000;
    const { deviceCode } = device;
    return { ...device, ticket: await this.#keep('device', connection, accountId, lifetimeMs, { deviceCode }) };
  }

  /** Whether the person has confirmed at the other device. Throws `LinkRefused`, `CredentialError`. */
  async askDevice(connectionName: string, ticket: string, accountId: string): Promise<boolean> {
    const pending = await this.#store.pendingLinks.find(hashSecret(ticket), Date.now());
    const fits =
      pending?.kind === 'device' && pending.accountId === accountId && pending.connectionName === connectionName;
    if (!fits) throw refused('The code has expired. Begin again.');
    const { access, settings } = await this.#subject(connectionName);
    const { deviceCode = '' } = await this.#open(pending);
    try {
      await this.#connections.keepTokens(connectionName, await redeemDevice(settings, deviceCode, access.oauthAccess));
    } catch (error) {
      if (error instanceof CredentialError && error.code === 'authorization-pending') return false;
      throw error;
    }
    await this.#takePending(pending.id, Date.now());
    return true;
  }

  async #finish(outcome: LinkOutcome, pending: PendingLinkRow, tokens: TokenSet): Promise<LinkOutcome> {
    const { connection } = outcome;
    this.#logger.info({ event: 'account-linked', connection: connection.name, account: pending.accountId }, 'linked');
    if (!outcome.isConfirmed) {
      await this.#connections.keepTokens(connection.name, tokens);
      return outcome;
    }
    const code = await this.#keep('confirmation', connection, pending.accountId, confirmationLifetimeMs, {
      tokens: JSON.stringify(tokens),
    });
    return { ...outcome, code };
  }

  #check(arrival: LinkArrival): void {
    for (const check of this.#checks) {
      const problem = check.problem(arrival);
      if (problem === undefined) continue;
      const { connectionName: connection, accountId: account } = arrival.pending;
      this.#logger.warn({ event: 'link-refused', check: check.name, connection, account }, 'an account was not linked');
      throw refused(problem);
    }
  }

  async #checkTicket(pending: PendingLinkRow | undefined, accountId: string): Promise<PendingLinkRow> {
    if (pending === undefined || pending.kind !== 'consent') {
      throw refused('This link was used already, or has expired.');
    }
    if (pending.accountId === accountId) return pending;
    const { connectionName: connection } = pending;
    this.#logger.warn({ event: 'link-refused', check: 'own-ticket', connection, account: accountId }, 'not theirs');
    throw refused('This link was made for somebody else. Begin on the page of your own connection.');
  }

  async #subject(connectionName: string): Promise<LinkSubject> {
    const { connection, access } = await this.#connections.access(connectionName);
    const settings = access.signIn.oauth;
    if (settings !== undefined && !isUnattended(settings)) return { connection, access, settings };
    throw new PlatformError('SignInNotNeeded', `The connection ${connection.displayName} needs nobody to sign in.`);
  }

  async #keep(
    kind: PendingLinkRow['kind'],
    connection: ConnectionRow,
    accountId: string,
    lifetimeMs: number,
    kept: Kept,
  ): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    await this.#insert(kind, secret, connection, accountId, lifetimeMs, kept);
    return secret;
  }

  async #insert(
    kind: PendingLinkRow['kind'],
    secret: string,
    connection: ConnectionRow,
    accountId: string,
    lifetimeMs: number,
    kept: Kept,
    browser: Pick<PendingLinkRow, 'sessionId' | 'browserHash'> = {},
  ): Promise<void> {
    const id = hashSecret(secret);
    await this.#store.pendingLinks.insert({
      id,
      kind,
      connectorName: connection.connectorName,
      connectionName: connection.name,
      accountId,
      ...browser,
      secret: await this.#vault.seal(kept, contextOf(id)),
      expiresAtMs: Date.now() + lifetimeMs,
    });
  }

  #open({ secret, id }: PendingLinkRow): Promise<Kept> {
    return this.#vault.open(secret, contextOf(id));
  }
}

function contextOf(id: string): string {
  return `pending sign-in ${id}`;
}

function refused(problem: string): PlatformError {
  return new PlatformError('LinkRefused', `${problem} Nothing was linked. Begin again on the page of the connection.`);
}
