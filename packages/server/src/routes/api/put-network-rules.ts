import { defineRoute } from '../../http/route.ts';
import { environmentParams } from '../management/schemas.ts';
import { networkRulesBody } from './network-rules-body.ts';

export const putNetworkRules = defineRoute({
  method: 'PUT',
  url: '/api/environments/:environment/network-rules',
  permission: 'environment.administer',
  form: 'problem',
  operationId: 'SetNetworkRules',
  summary: 'Say what an environment may reach besides public addresses',
  schema: { params: environmentParams, body: networkRulesBody, response: { 200: networkRulesBody } },
  handler: async ({ services, params, body }) => {
    const { id } = await services.environments.get(params.environment);
    await services.environments.setNetworkRules(id, body.allow);
    return { allow: body.allow };
  },
});
