import { createHash } from 'node:crypto';
import type { OAuthSettings, TokenSet } from './contract.ts';
import { obtainTokens } from './obtain-tokens.ts';
import type { OAuthAccess } from './token-request.ts';

/** More clients than these, and the one that was asked for first is forgotten. */
const mostClients = 1_000;
/** A token that ends sooner is as good as ended: the call that carries it takes its time too. */
const marginMs = 60_000;

/** Tokens of clients that act for themselves, kept in memory while they are good: for calls that belong to no connection. */
export class ClientTokens {
  readonly #kept = new Map<string, Promise<TokenSet>>();

  /** The access token of a client; those who ask at the same time share one. Throws `CredentialError`. */
  async tokenFor(settings: OAuthSettings, access: OAuthAccess): Promise<string> {
    const key = keyOf(settings);
    const kept = this.#kept.get(key);
    const known = await kept;
    if (known?.expiresAtMs !== undefined && known.expiresAtMs - marginMs > access.nowMs()) return known.accessToken;
    // Somebody else may have asked for the next one in the meantime.
    if (kept !== undefined && this.#kept.get(key) === kept) this.#kept.delete(key);
    const asked = this.#kept.get(key) ?? obtainTokens(settings, undefined, access);
    this.#kept.set(key, asked);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostClients && oldest !== undefined) this.#kept.delete(oldest);
    try {
      return (await asked).accessToken;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  /** An API has refused the client's token: the next one is asked for anew. */
  forget(settings: OAuthSettings): void {
    this.#kept.delete(keyOf(settings));
  }
}

/** Tells clients apart; a secret is in it, so only its digest is kept. */
function keyOf(settings: OAuthSettings): string {
  return createHash('sha256').update(JSON.stringify(settings)).digest('base64');
}
