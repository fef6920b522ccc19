import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';

export const listVariables = defineRoute({
  method: 'GET',
  url: '/api/environments/:environment/variables',
  permission: 'environment.read',
  form: 'problem',
  operationId: 'ListVariables',
  summary: 'The variables that definitions of an environment refer to; of secrets only the names',
  schema: {
    params: z.object({ environment: z.string() }),
    response: {
      200: z.object({
        variables: z.array(z.object({ name: z.string(), isSecret: z.boolean(), value: z.string().optional() })),
      }),
    },
  },
  handler: async ({ services, params }) => {
    const environment = await services.environments.get(params.environment);
    const rows = await services.variables.list(environment.id);
    return {
      variables: rows.map(({ name, value, secret }) => ({
        name,
        isSecret: secret !== undefined,
        ...(value !== undefined && { value }),
      })),
    };
  },
});
