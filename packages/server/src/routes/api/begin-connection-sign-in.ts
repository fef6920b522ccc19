import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { localPath } from '../sign-in/sign-in-cookies.ts';

export const beginConnectionSignIn = defineRoute({
  method: 'POST',
  url: '/api/connections/:connection/sign-in',
  permission: 'connection.write',
  form: 'problem',
  operationId: 'BeginConnectionSignIn',
  summary: 'Begin to sign in for a connection: the page to open, or the code to enter at another device',
  schema: {
    params: z.object({ connection: z.string() }),
    body: z.object({ returnTo: z.string().optional() }).nullish(),
    response: {
      200: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('browser'), url: z.string() }),
        z.object({
          kind: z.literal('device'),
          userCode: z.string(),
          url: z.string(),
          ticket: z.string(),
          intervalSeconds: z.number(),
          expiresInSeconds: z.number(),
        }),
      ]),
    },
  },
  handler: async ({ services, principal, params, body }) => {
    const { access } = await services.connections.access(params.connection);
    if (access.signIn.oauth?.grant === 'device-code') {
      const device = await services.accountLinks.beginOnDevice(params.connection, principal.account.id);
      const { userCode, verificationUrl, completeUrl, ticket, intervalSeconds, expiresInSeconds } = device;
      return {
        kind: 'device',
        userCode,
        url: completeUrl ?? verificationUrl,
        ticket,
        intervalSeconds,
        expiresInSeconds,
      };
    }
    const returnTo = localPath(body?.returnTo ?? `/connections/${params.connection}`);
    const ticket = await services.accountLinks.begin(params.connection, principal.account.id, {
      returnTo,
      isConfirmed: false,
    });
    return { kind: 'browser', url: `/oauth/consent/${ticket}` };
  },
});
