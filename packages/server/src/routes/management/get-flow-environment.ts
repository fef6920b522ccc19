import { defineRoute } from '../../http/route.ts';
import { environmentView } from '../../views/environment-view.ts';
import { processSimple } from '../../views/resource.ts';
import { environmentParams, resource, versionQuery } from './schemas.ts';

export const getFlowEnvironment = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment`,
  permission: 'environment.read',
  form: 'compatible',
  operationId: 'GetFlowEnvironment',
  summary: 'Get an environment',
  schema: { params: environmentParams, querystring: versionQuery, response: { 200: resource } },
  handler: async ({ services, params }) =>
    environmentView(await services.environments.get(params.environment), 'Microsoft.ProcessSimple', services.origin),
});
