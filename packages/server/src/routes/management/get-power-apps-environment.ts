import { defineRoute } from '../../http/route.ts';
import { environmentView } from '../../views/environment-view.ts';
import { powerApps } from '../../views/resource.ts';
import { environmentParams, resource, versionQuery } from './schemas.ts';

export const getPowerAppsEnvironment = defineRoute({
  method: 'GET',
  url: `${powerApps}/environments/:environment`,
  permission: 'environment.read',
  form: 'compatible',
  operationId: 'GetPowerAppsEnvironment',
  summary: 'Get an environment',
  schema: { params: environmentParams, querystring: versionQuery, response: { 200: resource } },
  handler: async ({ services, params }) =>
    environmentView(await services.environments.get(params.environment), 'Microsoft.PowerApps', services.origin),
});
