import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { localPath, rememberSignIn } from './sign-in-cookies.ts';

/** Leaves for the issuer; a one-time link's secret is remembered for the interaction. */
export const beginSignIn = defineRoute({
  method: 'GET',
  url: '/signin',
  permission: 'anonymous',
  form: 'page',
  schema: { querystring: z.object({ return: z.string().optional(), link: z.string().max(200).optional() }) },
  handler: async ({ services, query, reply }) => {
    const { url, pending } = await services.identity.relyingParty.begin(localPath(query.return));
    await rememberSignIn(services, reply, { ...pending, link: query.link ?? '' });
    return reply.header('cache-control', 'no-store').redirect(url.href);
  },
});
