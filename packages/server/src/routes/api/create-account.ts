import { randomUUID } from 'node:crypto';
import type { AccountRow } from '@patchbay/store';
import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { createSignInLink } from '../../identity/sign-in-links.ts';
import { accountView } from '../../views/account-view.ts';

export const createAccount = defineRoute({
  method: 'POST',
  url: '/api/accounts',
  permission: 'account.administer',
  form: 'problem',
  operationId: 'CreateAccount',
  summary: 'Make an account, with a link that signs it in once',
  schema: {
    body: z.object({
      email: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address'),
      displayName: z.string().trim().min(1).max(200),
      role: z.enum(['administrator', 'maker']),
    }),
    response: { 201: z.object({ account: z.looseObject({}), signInLink: z.string() }) },
  },
  handler: async ({ services, body, reply }) => {
    if ((await services.store.accounts.findByEmail(body.email)) !== undefined) {
      throw new PlatformError('AccountExists', `An account with the address ${body.email} exists.`);
    }
    const account: AccountRow = { id: randomUUID(), ...body, createdAtMs: Date.now() };
    await services.store.accounts.insert(account);
    reply.code(201);
    return {
      account: accountView(account),
      signInLink: await createSignInLink(services.store, services.origin, account.id),
    };
  },
});
