import { defineRoute } from '../../http/route.ts';
import { environmentView } from '../../views/environment-view.ts';
import { powerApps } from '../../views/resource.ts';
import { resourceList, versionQuery } from './schemas.ts';

export const listPowerAppsEnvironments = defineRoute({
  method: 'GET',
  url: `${powerApps}/environments`,
  permission: 'environment.read',
  form: 'compatible',
  operationId: 'ListPowerAppsEnvironments',
  summary: 'List environments',
  schema: { querystring: versionQuery, response: { 200: resourceList } },
  handler: async ({ services }) => {
    const environments = await services.environments.list();
    return { value: environments.map((row) => environmentView(row, 'Microsoft.PowerApps', services.origin)) };
  },
});
