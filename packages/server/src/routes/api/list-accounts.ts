import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { accountView } from '../../views/account-view.ts';

export const listAccounts = defineRoute({
  method: 'GET',
  url: '/api/accounts',
  permission: 'account.administer',
  form: 'problem',
  operationId: 'ListAccounts',
  summary: 'List the accounts',
  schema: { response: { 200: z.object({ accounts: z.array(z.looseObject({})) }) } },
  handler: async ({ services }) => ({ accounts: (await services.store.accounts.list()).map(accountView) }),
});
