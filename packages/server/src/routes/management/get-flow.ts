import { defineRoute } from '../../http/route.ts';
import { flowView } from '../../views/flow-view.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { flowParams, resource, versionQuery } from './schemas.ts';

export const getFlow = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow`,
  permission: 'flow.read',
  form: 'compatible',
  operationId: 'GetFlow',
  summary: 'Get a flow',
  schema: { params: flowParams, querystring: versionQuery, response: { 200: resource } },
  handler: async ({ services, params }) => flowView(await findFlow(services, params), services.origin),
});
