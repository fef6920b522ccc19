import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { accountView } from '../../views/account-view.ts';

export const getSession = defineRoute({
  method: 'GET',
  url: '/api/session',
  permission: 'session.own',
  form: 'problem',
  operationId: 'GetSession',
  summary: 'Who is signed in',
  schema: { response: { 200: z.object({ account: z.looseObject({}), csrfToken: z.string().nullable() }) } },
  handler: ({ principal }) => ({ account: accountView(principal.account), csrfToken: principal.csrfToken }),
});
