import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { flowParams, versionQuery } from './schemas.ts';

export const deleteFlow = defineRoute({
  method: 'DELETE',
  url: `${processSimple}/environments/:environment/flows/:flow`,
  permission: 'flow.write',
  form: 'compatible',
  operationId: 'DeleteFlow',
  summary: 'Delete a flow',
  schema: { params: flowParams, querystring: versionQuery, response: { 200: null, 204: null } },
  handler: async ({ services, params, reply }) => {
    const environment = await services.environments.get(params.environment);
    const row = await services.flows.find(params.flow, environment.id);
    // Clients of the ecosystem take 204 for "there was none".
    if (row === undefined) return reply.code(204).send();
    await services.deployment.delete(row.id);
    await services.signatures.forget(row.id);
    return reply.code(200).send();
  },
});
