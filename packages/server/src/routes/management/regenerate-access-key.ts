import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { flowParams, optionalBody, versionQuery } from './schemas.ts';

export const regenerateAccessKey = defineRoute({
  method: 'POST',
  url: `${processSimple}/environments/:environment/flows/:flow/regenerateAccessKey`,
  permission: 'flow.write',
  form: 'compatible',
  operationId: 'RegenerateAccessKey',
  summary: 'Make every callback URL of a flow worthless; listCallbackUrl gives the new one',
  schema: { params: flowParams, querystring: versionQuery, body: optionalBody, response: { 200: null } },
  handler: async ({ services, params, reply }) => {
    const flow = await findFlow(services, params);
    await services.signatures.rotate(flow.row.id);
    // APIs that call the flow are given the new address.
    await services.deployment.renewSubscriptions(flow);
    return reply.code(200).send();
  },
});
