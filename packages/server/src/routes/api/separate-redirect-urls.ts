import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';

export const separateRedirectUrls = defineRoute({
  method: 'POST',
  url: '/api/environments/:environment/separate-redirect-urls',
  permission: 'environment.administer',
  form: 'problem',
  operationId: 'SeparateRedirectUrls',
  summary:
    'Give every connector of an environment that shares a redirect URL one of its own; answers which, and what to register',
  schema: {
    params: z.object({ environment: z.string() }),
    response: {
      200: z.object({
        changed: z.array(z.object({ connector: z.string(), displayName: z.string(), redirectUrl: z.string() })),
      }),
    },
  },
  handler: async ({ services, params }) => {
    const environment = await services.environments.get(params.environment);
    const shared = await services.connectors.listWithSharedRedirect(environment.id);
    const changed = [];
    for (const { name, displayName } of shared) {
      const redirectUrl = await services.connectors.separateRedirectUrl(name, services.origin);
      changed.push({ connector: name, displayName, redirectUrl });
    }
    services.connections.forgetAll();
    return { changed };
  },
});
