import { defineRoute } from '../../http/route.ts';
import { environmentParams } from '../management/schemas.ts';
import { limitsBody } from './limits-body.ts';

export const putLimits = defineRoute({
  method: 'PUT',
  url: '/api/environments/:environment/limits',
  permission: 'environment.administer',
  form: 'problem',
  operationId: 'SetLimits',
  summary: 'Say how much may go out on each connection of an environment',
  schema: { params: environmentParams, body: limitsBody, response: { 200: limitsBody } },
  handler: async ({ services, params, body }) => {
    const { id } = await services.environments.get(params.environment);
    await services.environments.setLimits(id, body);
    return body;
  },
});
