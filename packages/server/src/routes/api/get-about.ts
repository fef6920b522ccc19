import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';

export const getAbout = defineRoute({
  method: 'GET',
  url: '/api/about',
  permission: 'anonymous',
  form: 'problem',
  operationId: 'GetAbout',
  summary: 'What this server is, and where to sign in',
  schema: {
    response: { 200: z.object({ name: z.string(), version: z.string(), issuer: z.string(), cliClientId: z.string() }) },
  },
  handler: ({ services: { version, identity } }) => ({
    name: 'Patchbay',
    version,
    issuer: identity.issuer,
    cliClientId: identity.cliClientId,
  }),
});
