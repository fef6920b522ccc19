import { hash, timingSafeEqual } from 'node:crypto';
import type { Store } from '@patchbay/store';
import type { FastifyRequest } from 'fastify';
import { PlatformError } from '../errors/platform-error.ts';
import type { TokenVerifier } from '../identity/token-verifier.ts';
import { BoundedCache } from './bounded-cache.ts';
import { isAllowed, type Permission, type Principal } from './permissions.ts';

export const sessionCookieName = 'patchbay_session';

type Known = { readonly principal: Principal; readonly expiresAtMs: number };

/** Finds who asks, by cookie session or by access token, and whether the role allows it. */
export class Authenticator {
  readonly #store: Store;
  readonly #verifier: TokenVerifier;
  readonly #origin: string;
  /** For a short while, so that a change of role or the end of a session elsewhere is felt soon. */
  readonly #known = new BoundedCache<string, Known>(2000, 10_000);

  constructor(options: { readonly store: Store; readonly verifier: TokenVerifier; readonly origin: string }) {
    this.#store = options.store;
    this.#verifier = options.verifier;
    this.#origin = options.origin;
  }

  /** Sets the request's principal. Throws `Unauthenticated`, `Forbidden`, `CsrfTokenInvalid` or `OriginRefused`. */
  async authorize(request: FastifyRequest, permission: Permission): Promise<void> {
    const principal = await this.authenticate(request);
    if (principal === undefined) {
      throw new PlatformError('Unauthenticated', 'Sign in, or send a valid access token in the Authorization header.');
    }
    if (!isAllowed(principal.account.role, permission)) {
      throw new PlatformError(
        'Forbidden',
        `Your role, ${principal.account.role}, lacks the permission ${permission}. Ask an administrator.`,
      );
    }
    if (principal.csrfToken !== null && isUnsafe(request.method)) this.#checkForgery(request, principal.csrfToken);
    request.principal = principal;
  }

  /** Who asks, if anybody known does. A token that is there counts; a cookie beside it does not. */
  async authenticate(request: FastifyRequest): Promise<Principal | undefined> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      return token === undefined ? undefined : this.#byToken(token);
    }
    const secret = cookie === undefined ? undefined : readCookie(cookie, sessionCookieName);
    return secret === undefined ? undefined : this.#bySession(secret);
  }

  /** Forgets a session at once, on this process. */
  forget(sessionId: string): void {
    this.#known.delete(sessionId);
  }

  /** Forgets everybody, so that a change of an account counts at once. */
  forgetAll(): void {
    this.#known.clear();
  }

  async #byToken(token: string): Promise<Principal | undefined> {
    const key = hashSecret(token);
    const nowMs = Date.now();
    const known = this.#known.get(key, nowMs);
    if (known !== undefined) return known.principal;
    const verified = await this.#verifier.verify(token);
    if (verified === undefined) return undefined;
    const principal = { account: verified.account, csrfToken: null };
    this.#known.set(key, { principal, expiresAtMs: verified.expiresAtMs }, nowMs, verified.expiresAtMs);
    return principal;
  }

  async #bySession(secret: string): Promise<Principal | undefined> {
    const id = hashSecret(secret);
    const nowMs = Date.now();
    const known = this.#known.get(id, nowMs);
    if (known !== undefined) return known.principal;
    const session = await this.#store.sessions.find(id, nowMs);
    const account = session === undefined ? undefined : await this.#store.accounts.find(session.accountId);
    if (session === undefined || account === undefined) return undefined;
    const principal = { account, csrfToken: session.csrfToken };
    this.#known.set(id, { principal, expiresAtMs: session.expiresAtMs }, nowMs, session.expiresAtMs);
    return principal;
  }

  #checkForgery(request: FastifyRequest, expected: string): void {
    const { origin, host } = request.headers;
    if (origin !== undefined && origin !== this.#origin && origin !== `${request.protocol}://${host}`) {
      throw new PlatformError('OriginRefused', `Requests from ${origin} may not use the session of this server.`);
    }
    const given = request.headers['x-csrf-token'];
    if (typeof given !== 'string' || !equalSecrets(given, expected)) {
      throw new PlatformError('CsrfTokenInvalid', 'Send the csrfToken of /api/session in the x-csrf-token header.');
    }
  }
}

function isUnsafe(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

/** What is kept in place of a bearer secret: its SHA-256, base64url. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Compares without telling by the time how much was right. */
export function equalSecrets(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}

/** One cookie's value out of a Cookie header (RFC 6265 §4.2.1), undecoded: ours are base64url. */
export function readCookie(header: string, name: string): string | undefined {
  const prefix = `${name}=`;
  for (const pair of header.split(';')) {
    const trimmed = pair.trimStart();
    if (trimmed.startsWith(prefix)) return trimmed.slice(prefix.length);
  }
  return undefined;
}
