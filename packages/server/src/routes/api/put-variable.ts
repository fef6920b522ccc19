import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';

export const putVariable = defineRoute({
  method: 'PUT',
  url: '/api/environments/:environment/variables/:variable',
  permission: 'environment.administer',
  form: 'problem',
  operationId: 'PutVariable',
  summary:
    'Set a variable that definitions refer to as `@environmentVariables("name")`; a secret is sealed and never given back',
  schema: {
    params: z.object({ environment: z.string(), variable: z.string().regex(/^[\w.-]{1,128}$/) }),
    body: z.object({ value: z.string().max(100_000), isSecret: z.boolean().optional() }),
    response: { 204: null },
  },
  handler: async ({ services, params, body, reply }) => {
    const environment = await services.environments.get(params.environment);
    await services.variables.put(environment.id, params.variable, body.value, body.isSecret ?? false);
    services.connections.forgetAll();
    return reply.code(204).send();
  },
});
