import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecretValues, Vault } from '../contract.ts';
import { CredentialError } from '../errors.ts';
import type { TokenSet } from '../oauth/contract.ts';
import type { ObtainTokens, TokenRow, TokenStore } from './contract.ts';

export type TokenKeeperOptions = {
  readonly store: TokenStore;
  readonly vault: Vault;
  readonly nowMs?: () => number;
  /** Told once when a grant has died. */
  readonly onDead?: (connectionName: string, problem: string) => Promise<void>;
};

type Known = { readonly tokens: TokenSet; readonly version: number; readonly readAtMs: number };

/** A lease outlives the longest token request. */
const leaseMs = 90_000;
/** How long somebody waits for another process to bring a token. */
const waitMs = 60_000;
const pollMs = 50;
/** How long what was read from the store is believed: another process may have signed in anew. */
const believedMs = 5_000;
const longestMarginMs = 60_000;
/** After a failure that may pass. */
const retryMs = 5_000;

/**
 * Gives out access tokens and renews them: before they end, and when an API refuses one. In a process one renewal of a connection runs
 * at a time, across processes the one that holds the lease asks; the rest find what it stored. A rotated token is stored before it is
 * used.
 */
export class TokenKeeper {
  readonly #store: TokenStore;
  readonly #vault: Vault;
  readonly #nowMs: () => number;
  readonly #onDead: NonNullable<TokenKeeperOptions['onDead']>;
  readonly #owner = randomUUID();
  readonly #known = new Map<string, Known>();
  readonly #renewals = new Map<string, Promise<TokenSet>>();

  constructor({ store, vault, nowMs = Date.now, onDead = () => Promise.resolve() }: TokenKeeperOptions) {
    this.#store = store;
    this.#vault = vault;
    this.#nowMs = nowMs;
    this.#onDead = onDead;
  }

  /** A token that is good for a while. `refused`: one that the API did not take. Throws `CredentialError`. */
  async accessToken(connectionName: string, obtain: ObtainTokens, refused?: string): Promise<string> {
    const known = this.#known.get(connectionName);
    const isBelieved = known !== undefined && this.#nowMs() - known.readAtMs < believedMs;
    if (isBelieved && this.#isGood(known.tokens, refused)) return known.tokens.accessToken;
    const running = this.#renewals.get(connectionName);
    if (running !== undefined) {
      const { accessToken } = await running;
      // What it brings is newer than what was refused, or it began with the same refusal.
      if (accessToken !== refused) return accessToken;
    }
    const renewal = this.#renewals.get(connectionName) ?? this.#begin(connectionName, obtain, refused);
    return (await renewal).accessToken;
  }

  /** Keeps the tokens of a sign-in that just came to its end. */
  async keep(connectionName: string, tokens: TokenSet): Promise<void> {
    for (;;) {
      const row = await this.#store.find(connectionName);
      if (await this.#put(connectionName, row, tokens)) return;
    }
  }

  /** What a connection's row says, without its tokens. */
  find(connectionName: string): Promise<TokenRow | undefined> {
    return this.#store.find(connectionName);
  }

  /** Forgets everything of a connection: what it holds has changed, or it is gone. */
  async reset(connectionName: string): Promise<void> {
    await this.#store.remove(connectionName);
    this.#known.delete(connectionName);
  }

  #begin(connectionName: string, obtain: ObtainTokens, refused: string | undefined): Promise<TokenSet> {
    const renewal = this.#renew(connectionName, obtain, refused).finally(() => {
      this.#renewals.delete(connectionName);
    });
    this.#renewals.set(connectionName, renewal);
    return renewal;
  }

  async #renew(connectionName: string, obtain: ObtainTokens, refused: string | undefined): Promise<TokenSet> {
    const giveUpAtMs = this.#nowMs() + waitMs;
    for (;;) {
      const { row, tokens } = await this.#read(connectionName);
      this.#checkGrant(row);
      if (tokens !== undefined && this.#isGood(tokens, refused)) return tokens;
      this.#checkDelay(row);
      const nowMs = this.#nowMs();
      if (await this.#store.lease(connectionName, this.#owner, nowMs, nowMs + leaseMs)) {
        try {
          return await this.#renewUnderLease(connectionName, obtain, refused);
        } finally {
          await this.#store.release(connectionName, this.#owner);
        }
      }
      if (nowMs > giveUpAtMs) {
        throw new CredentialError('token-unavailable', 'Another process renews the token and does not come to an end.');
      }
      await sleep(pollMs + Math.random() * pollMs);
    }
  }

  /** Between the first look and the lease another process may have been here. */
  async #renewUnderLease(connectionName: string, obtain: ObtainTokens, refused: string | undefined): Promise<TokenSet> {
    const { row, tokens } = await this.#read(connectionName);
    this.#checkGrant(row);
    if (tokens !== undefined && this.#isGood(tokens, refused)) return tokens;
    this.#checkDelay(row);
    let fresh: TokenSet;
    try {
      fresh = await obtain(tokens);
    } catch (error) {
      const isUsable = tokens !== undefined && tokens.accessToken !== refused && this.#isUnexpired(tokens);
      if (!(error instanceof CredentialError)) throw error;
      if (error.code !== 'sign-in-needed') {
        await this.#delay(connectionName, row, error);
        // It was renewed early: until its end the old one does.
        if (isUsable) return tokens;
        throw error;
      }
      await this.#bury(connectionName, row, error);
      throw error;
    }
    if (await this.#put(connectionName, row, fresh)) return fresh;
    // Somebody signed in anew in the meantime: theirs counts.
    const { tokens: newer } = await this.#read(connectionName);
    return newer ?? fresh;
  }

  #checkGrant(row: TokenRow | undefined): void {
    if (row?.state !== 'dead') return;
    this.#known.delete(row.connectionName);
    throw new CredentialError('sign-in-needed', row.problem ?? 'Sign in again.');
  }

  #checkDelay(row: TokenRow | undefined): void {
    if (row?.retryAtMs === undefined || row.retryAtMs <= this.#nowMs()) return;
    throw new CredentialError('token-unavailable', row.problem ?? 'There is no token now.');
  }

  async #delay(connectionName: string, row: TokenRow | undefined, error: CredentialError): Promise<void> {
    const base = row ?? { connectionName, version: 0, state: 'live' as const };
    const retryAtMs = this.#nowMs() + retryMs;
    await this.#store.put({ ...base, version: base.version + 1, retryAtMs, problem: error.message });
  }

  async #bury(connectionName: string, row: TokenRow | undefined, error: CredentialError): Promise<void> {
    this.#known.delete(connectionName);
    const version = (row?.version ?? 0) + 1;
    // What the provider does not take any more is not kept either.
    const isBuried = await this.#store.put({ connectionName, version, state: 'dead', problem: error.message });
    if (isBuried) await this.#onDead(connectionName, error.message);
  }

  async #put(connectionName: string, row: TokenRow | undefined, tokens: TokenSet): Promise<boolean> {
    const version = (row?.version ?? 0) + 1;
    const sealed = await this.#vault.seal(toSecrets(tokens), contextOf(connectionName));
    const isKept = await this.#store.put({ connectionName, sealed, version, state: 'live' });
    if (isKept) this.#known.set(connectionName, { tokens, version, readAtMs: this.#nowMs() });
    return isKept;
  }

  async #read(
    connectionName: string,
  ): Promise<{ readonly row: TokenRow | undefined; readonly tokens: TokenSet | undefined }> {
    const row = await this.#store.find(connectionName);
    if (row?.sealed === undefined) {
      this.#known.delete(connectionName);
      return { row, tokens: undefined };
    }
    const known = this.#known.get(connectionName);
    const tokens =
      known?.version === row.version
        ? known.tokens
        : fromSecrets(await this.#vault.open(row.sealed, contextOf(connectionName)));
    this.#known.set(connectionName, { tokens, version: row.version, readAtMs: this.#nowMs() });
    return { row, tokens };
  }

  #isGood(tokens: TokenSet, refused: string | undefined): boolean {
    if (tokens.accessToken === refused) return false;
    const { expiresAtMs, obtainedAtMs } = tokens;
    if (expiresAtMs === undefined) return true;
    return expiresAtMs - this.#nowMs() > Math.min(longestMarginMs, (expiresAtMs - obtainedAtMs) / 5);
  }

  #isUnexpired({ expiresAtMs }: TokenSet): boolean {
    return expiresAtMs === undefined || expiresAtMs > this.#nowMs();
  }
}

/** What tokens are sealed for: moved to another connection's row they do not open. */
function contextOf(connectionName: string): string {
  return `tokens of ${connectionName}`;
}

function toSecrets(tokens: TokenSet): SecretValues {
  return { tokens: JSON.stringify(tokens) };
}

/** Only what `toSecrets` made is sealed in this context. */
function fromSecrets(secrets: SecretValues): TokenSet {
  return JSON.parse(secrets['tokens'] ?? '{}') as TokenSet;
}
