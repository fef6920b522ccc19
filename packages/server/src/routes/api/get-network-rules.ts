import { defineRoute } from '../../http/route.ts';
import { environmentParams } from '../management/schemas.ts';
import { networkRulesBody } from './network-rules-body.ts';

export const getNetworkRules = defineRoute({
  method: 'GET',
  url: '/api/environments/:environment/network-rules',
  permission: 'environment.read',
  form: 'problem',
  operationId: 'GetNetworkRules',
  summary: 'What an environment may reach besides public addresses',
  schema: { params: environmentParams, response: { 200: networkRulesBody } },
  handler: async ({ services, params }) => ({
    allow: (await services.environments.get(params.environment)).allowedNetworks,
  }),
});
