import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LinkingBrowser } from '../../account-linking/account-links.ts';
import { hashSecret, readCookie, sessionCookieName } from '../../http/authenticator.ts';
import type { Principal } from '../../http/permissions.ts';
import type { Services } from '../../services/services.ts';

const browserCookieName = 'patchbay_link';
const path = '/oauth';
const lifetimeSeconds = 24 * 60 * 60;

/** The person in this browser, by the portal's session and nothing else: a token does not prove who sits there. */
export async function linkingBrowser(
  services: Services,
  request: FastifyRequest,
): Promise<LinkingBrowser & { readonly principal: Principal | undefined }> {
  const cookie = request.headers.cookie ?? '';
  const session = readCookie(cookie, sessionCookieName);
  const isBySession = session !== undefined && request.headers.authorization === undefined;
  const principal = isBySession ? await services.authenticator.authenticate(request) : undefined;
  return {
    principal,
    account: principal?.account,
    sessionId: principal === undefined || session === undefined ? undefined : hashSecret(session),
    browserSecret: readCookie(cookie, browserCookieName),
  };
}

/** The secret that only this browser has, new unless it has one: several sign-ins can run in its tabs. */
export function markBrowser(services: Services, { browserSecret }: LinkingBrowser, reply: FastifyReply): string {
  const secret = browserSecret ?? randomBytes(32).toString('base64url');
  reply.setCookie(browserCookieName, secret, {
    httpOnly: true,
    // The provider sends the browser back from its own pages, at the top level.
    sameSite: 'lax',
    secure: services.origin.startsWith('https:'),
    path,
    maxAge: lifetimeSeconds,
  });
  return secret;
}
