import { defineRoute } from '../../http/route.ts';
import { environmentParams } from '../management/schemas.ts';
import { limitsBody } from './limits-body.ts';

export const getLimits = defineRoute({
  method: 'GET',
  url: '/api/environments/:environment/limits',
  permission: 'environment.read',
  form: 'problem',
  operationId: 'GetLimits',
  summary: 'How much may go out on each connection of an environment',
  schema: { params: environmentParams, response: { 200: limitsBody } },
  handler: async ({ services, params }) => {
    const { id } = await services.environments.get(params.environment);
    return services.environments.allLimits(id);
  },
});
