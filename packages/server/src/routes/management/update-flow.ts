import { defineRoute } from '../../http/route.ts';
import { flowView } from '../../views/flow-view.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { changeOf, flowBody } from './flow-body.ts';
import { flowParams, resource, versionQuery } from './schemas.ts';

export const updateFlow = defineRoute({
  method: 'PATCH',
  url: `${processSimple}/environments/:environment/flows/:flow`,
  permission: 'flow.write',
  form: 'compatible',
  operationId: 'UpdateFlow',
  summary: 'Change a flow',
  schema: { params: flowParams, querystring: versionQuery, body: flowBody, response: { 200: resource } },
  handler: async ({ services, params, body }) =>
    flowView(await services.deployment.update(await findFlow(services, params), changeOf(body)), services.origin),
});
