import { defineRoute } from '../../http/route.ts';

import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { flowParams, versionQuery } from './schemas.ts';

export const deleteFlow = defineRoute({
  method: 'DELETE',
  url: `${processSimple}/environments/:environment/flows/:flow`,
  permission: 'flow.write',
  form: 'compatible',
  operationId: 'DeleteFlow',
  summary: 'Delete a flow',
  schema: { params: flowParams, querystring: versionQuery },
  handler: async ({ services, params, reply }) => {
    const { row } = await findFlow(services, params);
    await services.flows.delete(row.id);
    return reply.code(200).send();
  },
});
