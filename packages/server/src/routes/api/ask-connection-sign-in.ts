import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';

export const askConnectionSignIn = defineRoute({
  method: 'POST',
  url: '/api/connections/:connection/sign-in/device',
  permission: 'connection.write',
  form: 'problem',
  operationId: 'AskConnectionSignIn',
  summary: 'Ask once whether the code was confirmed at the other device',
  schema: {
    params: z.object({ connection: z.string() }),
    body: z.object({ ticket: z.string().max(200) }),
    response: { 200: z.object({ isConnected: z.boolean() }) },
  },
  handler: async ({ services, principal, params, body }) => ({
    isConnected: await services.accountLinks.askDevice(params.connection, body.ticket, principal.account.id),
  }),
});
