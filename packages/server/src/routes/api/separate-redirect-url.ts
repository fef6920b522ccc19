import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';

export const separateRedirectUrl = defineRoute({
  method: 'POST',
  url: '/api/connectors/:connector/separate-redirect-url',
  permission: 'connector.write',
  form: 'problem',
  operationId: 'SeparateRedirectUrl',
  summary: 'Give a connector a redirect URL of its own in place of the one that connectors share',
  schema: {
    params: z.object({ connector: z.string() }),
    response: { 200: z.object({ connector: z.string(), redirectUrl: z.string() }) },
  },
  handler: async ({ services, params }) => {
    const redirectUrl = await services.connectors.separateRedirectUrl(params.connector, services.origin);
    services.connections.forgetAll();
    return { connector: params.connector, redirectUrl };
  },
});
