import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { forgetIssuerSession, localPath, rememberSignIn } from './sign-in-cookies.ts';

/** Leaves for the issuer; a one-time link's secret is remembered for the interaction. */
export const beginSignIn = defineRoute({
  method: 'GET',
  url: '/signin',
  permission: 'anonymous',
  form: 'page',
  schema: { querystring: z.object({ return: z.string().optional(), link: z.string().max(200).optional() }) },
  handler: async ({ services, query, request, reply }) => {
    // A link signs in whom it was made for, whoever was signed in before.
    if (query.link !== undefined) await forgetIssuerSession(services, request, reply);
    const { url, pending } = await services.identity.relyingParty.begin(localPath(query.return));
    await rememberSignIn(services, reply, { ...pending, link: query.link ?? '' });
    return reply.header('cache-control', 'no-store').redirect(url.href);
  },
});
