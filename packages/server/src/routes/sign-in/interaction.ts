import type { AccountRow } from '@patchbay/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import { signInPagePolicy } from '../../identity/pages.ts';
import type { Services } from '../../services/services.ts';

/** Tells the embedded issuer who it is; the answer leads on. */
export async function finishInteraction(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  account: AccountRow,
) {
  const { provider } = services.identity;
  if (provider === undefined) throw new PlatformError('NotFound', 'People sign in at another issuer.');
  try {
    const next = await provider.interactionResult(request.raw, reply.raw, {
      login: { accountId: account.id, remember: true },
    });
    return reply.header('cache-control', 'no-store').redirect(next);
  } catch (error) {
    throw new PlatformError('Unauthenticated', 'This sign-in has expired. Begin again.', { cause: error });
  }
}

/** A page of the issuer: nothing on it runs, nothing keeps it. */
export function sendPage(reply: FastifyReply, html: string) {
  return reply
    .header('content-security-policy', signInPagePolicy)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type('text/html; charset=utf-8')
    .send(html);
}
