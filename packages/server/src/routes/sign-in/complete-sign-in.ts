import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { localPath, openSession, recallSignIn } from './sign-in-cookies.ts';

/** Back from the issuer: checks the answer, finds the account, opens the session. */
export const completeSignIn = defineRoute({
  method: 'GET',
  url: '/signin/callback',
  permission: 'anonymous',
  form: 'page',
  schema: {},
  handler: async ({ services, request, reply }) => {
    const pending = await recallSignIn(services, request);
    const claims = await services.identity.relyingParty.complete(new URL(request.url, services.origin), pending);
    const account = await services.identity.accounts.find(claims, 'sign-in');
    if (account === undefined)
      throw new PlatformError('Unauthenticated', 'The issuer knows you, but this server has no account for you.');
    await openSession(services, request, reply, account);
    return reply.header('cache-control', 'no-store').redirect(localPath(pending.returnTo));
  },
});
