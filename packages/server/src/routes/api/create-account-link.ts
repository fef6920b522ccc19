import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { createSignInLink } from '../../identity/sign-in-links.ts';

export const createAccountLink = defineRoute({
  method: 'POST',
  url: '/api/accounts/:account/sign-in-link',
  permission: 'account.administer',
  form: 'problem',
  operationId: 'CreateSignInLink',
  summary: 'Make a link that signs an account in once',
  schema: { params: z.object({ account: z.string() }), response: { 200: z.object({ signInLink: z.string() }) } },
  handler: async ({ services, params }) => {
    const account = await services.store.accounts.find(params.account);
    if (account === undefined) throw new PlatformError('AccountNotFound', `There is no account "${params.account}".`);
    return { signInLink: await createSignInLink(services.store, services.origin, account.id) };
  },
});
