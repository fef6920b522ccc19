import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';

export const deleteVariable = defineRoute({
  method: 'DELETE',
  url: '/api/environments/:environment/variables/:variable',
  permission: 'environment.administer',
  form: 'problem',
  operationId: 'DeleteVariable',
  summary: 'Remove a variable of an environment',
  schema: { params: z.object({ environment: z.string(), variable: z.string() }), response: { 204: null } },
  handler: async ({ services, params, reply }) => {
    const environment = await services.environments.get(params.environment);
    if (!(await services.variables.delete(environment.id, params.variable))) {
      throw new PlatformError('VariableNotFound', `The environment has no variable "${params.variable}".`);
    }
    services.connections.forgetAll();
    return reply.code(204).send();
  },
});
