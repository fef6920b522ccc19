import { defineRoute } from '../../http/route.ts';
import { flowView } from '../../views/flow-view.ts';
import { processSimple } from '../../views/resource.ts';
import { environmentParams, filterQuery, resourceList } from './schemas.ts';

export const listFlows = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows`,
  permission: 'flow.read',
  form: 'compatible',
  operationId: 'ListFlows',
  summary: 'List the flows of an environment',
  schema: { params: environmentParams, querystring: filterQuery, response: { 200: resourceList } },
  handler: async ({ services, params }) => {
    const environment = await services.environments.get(params.environment);
    const rows = await services.flows.list(environment.id);
    const flows = await Promise.all(rows.map((row) => services.flows.get(row.id)));
    return { value: flows.map((flow) => flowView(flow, services.origin)) };
  },
});
