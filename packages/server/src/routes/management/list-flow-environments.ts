import { defineRoute } from '../../http/route.ts';
import { environmentView } from '../../views/environment-view.ts';
import { processSimple } from '../../views/resource.ts';
import { resourceList, versionQuery } from './schemas.ts';

export const listFlowEnvironments = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments`,
  permission: 'environment.read',
  form: 'compatible',
  operationId: 'ListFlowEnvironments',
  summary: 'List environments',
  schema: { querystring: versionQuery, response: { 200: resourceList } },
  handler: async ({ services }) => {
    const environments = await services.environments.list();
    return { value: environments.map((row) => environmentView(row, 'Microsoft.ProcessSimple', services.origin)) };
  },
});
