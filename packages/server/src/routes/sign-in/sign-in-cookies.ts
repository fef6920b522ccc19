import { randomBytes } from 'node:crypto';
import type { SealedSecret } from '@patchbay/credential';
import type { AccountRow } from '@patchbay/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import { hashSecret, readCookie, sessionCookieName } from '../../http/authenticator.ts';
import type { PendingSignIn } from '../../identity/relying-party.ts';
import type { Services } from '../../services/services.ts';

const pendingCookieName = 'patchbay_signin';
/** The embedded issuer's own cookie; its value is the id of the issuer's session. */
const issuerCookieName = '_session';
const sealContext = 'sign-in';
const sessionLifetimeMs = 14 * 24 * 60 * 60 * 1000;

type Remembered = PendingSignIn & { readonly link: string };

const anyOrigin = 'http://here.invalid';

/** A path of this server, whatever is given: signing in leads nowhere else. Read as a browser reads it, which drops tabs and takes "\\" for "/". */
export function localPath(given: string | undefined): string {
  const url = given?.startsWith('/') === true ? URL.parse(given, anyOrigin) : null;
  if (url === null || url.origin !== anyOrigin || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}

/** Keeps what must come back from the issuer in a sealed cookie of this browser. */
export async function rememberSignIn(services: Services, reply: FastifyReply, pending: Remembered): Promise<void> {
  const sealed = await services.vault.seal({ ...pending }, sealContext);
  reply.setCookie(pendingCookieName, Buffer.from(JSON.stringify(sealed)).toString('base64url'), {
    ...cookieOptions(services),
    path: '/signin',
    maxAge: 1800,
  });
}

export async function recallSignIn(services: Services, request: FastifyRequest): Promise<Remembered> {
  const value = readCookie(request.headers.cookie ?? '', pendingCookieName);
  if (value !== undefined) {
    try {
      const sealed = JSON.parse(Buffer.from(value, 'base64url').toString('utf8')) as SealedSecret;
      return (await services.vault.open(sealed, sealContext)) as Remembered;
    } catch {
      // A cookie of another installation or a broken one: as good as none.
    }
  }
  throw new PlatformError(
    'Unauthenticated',
    'This sign-in was not begun in this browser, or took too long. Begin again.',
  );
}

/** Opens a session in place of the one that the browser had: the cookie holds a secret, the store its hash. */
export async function openSession(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  account: AccountRow,
): Promise<void> {
  await endSession(services, request);
  const secret = randomBytes(32).toString('base64url');
  const nowMs = Date.now();
  await services.store.sessions.insert({
    id: hashSecret(secret),
    accountId: account.id,
    csrfToken: randomBytes(24).toString('base64url'),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + sessionLifetimeMs,
  });
  reply.clearCookie(pendingCookieName, { path: '/signin' });
  reply.setCookie(sessionCookieName, secret, {
    ...cookieOptions(services),
    path: '/',
    maxAge: sessionLifetimeMs / 1000,
  });
}

/** Ends the session here and at the embedded issuer, so that the next sign-in asks again. */
export async function closeSession(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await endSession(services, request);
  await forgetIssuerSession(services, request, reply);
  reply.clearCookie(sessionCookieName, { path: '/' });
}

/** Ends what the embedded issuer remembers of this browser: whoever signs in next says who they are. */
export async function forgetIssuerSession(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const id = readCookie(request.headers.cookie ?? '', issuerCookieName);
  if (id !== undefined) await services.store.identity.delete('Session', id);
  for (const name of [issuerCookieName, `${issuerCookieName}.sig`]) reply.clearCookie(name, { path: '/' });
}

/** Signs an account out everywhere but in the session that asks; command lines have to sign in again when their access token ends. */
export async function endOtherSessions(services: Services, request: FastifyRequest, accountId: string): Promise<void> {
  const secret = readCookie(request.headers.cookie ?? '', sessionCookieName) ?? '';
  await services.store.sessions.deleteOthers(accountId, hashSecret(secret));
  await services.store.identity.deleteByAccount(accountId);
  services.authenticator.forgetAll();
}

async function endSession(services: Services, request: FastifyRequest): Promise<void> {
  const secret = readCookie(request.headers.cookie ?? '', sessionCookieName);
  if (secret === undefined) return;
  await services.store.sessions.delete(hashSecret(secret));
  services.authenticator.forget(hashSecret(secret));
}

function cookieOptions(services: Services) {
  return { httpOnly: true, sameSite: 'lax', secure: services.origin.startsWith('https:') } as const;
}
