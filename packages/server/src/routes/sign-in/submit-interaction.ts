import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { passwordPage } from '../../identity/pages.ts';
import { verifyPassword } from '../../identity/passwords.ts';
import { finishInteraction, sendPage } from './interaction.ts';

/** A password, for the embedded issuer. Slow by design, and only so often from one address. */
export const submitInteraction = defineRoute({
  method: 'POST',
  url: '/signin/interaction/:uid',
  permission: 'anonymous',
  form: 'page',
  bodyForm: 'form',
  rateLimit: { max: 10, timeWindowMs: 60_000 },
  schema: { body: z.object({ email: z.string().max(320), password: z.string().max(1024) }) },
  handler: async ({ services, body, request, reply }) => {
    const account = await services.store.accounts.findByEmail(body.email.trim());
    if ((await verifyPassword(body.password, account?.passwordHash)) && account !== undefined) {
      return finishInteraction(services, request, reply, account);
    }
    const problem = 'That address and password do not belong together. Check both, or use a one-time sign-in link.';
    return sendPage(reply.code(401), passwordPage({ action: request.url, email: body.email, problem }));
  },
});
