import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { flowParams, versionQuery } from './schemas.ts';

export const startFlow = defineRoute({
  method: 'POST',
  url: `${processSimple}/environments/:environment/flows/:flow/start`,
  permission: 'flow.write',
  form: 'compatible',
  operationId: 'StartFlow',
  summary: 'Start a flow',
  schema: { params: flowParams, querystring: versionQuery, response: { 200: null } },
  handler: async ({ services, params, reply }) => {
    await services.deployment.update(await findFlow(services, params), { state: 'Started' });
    return reply.code(200).send();
  },
});
