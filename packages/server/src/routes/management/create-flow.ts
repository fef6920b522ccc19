import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { flowView } from '../../views/flow-view.ts';
import { processSimple } from '../../views/resource.ts';
import { changeOf, flowBody } from './flow-body.ts';
import { environmentParams, resource, versionQuery } from './schemas.ts';

export const createFlow = defineRoute({
  method: 'POST',
  url: `${processSimple}/environments/:environment/flows`,
  permission: 'flow.write',
  form: 'compatible',
  operationId: 'CreateFlow',
  summary: 'Deploy a flow',
  schema: { params: environmentParams, querystring: versionQuery, body: flowBody, response: { 201: resource } },
  handler: async ({ services, principal, params, body, reply }) => {
    const { definition, ...change } = changeOf(body);
    if (definition === undefined)
      throw new PlatformError('InvalidRequest', 'Send the definition as properties.definition.');
    const environment = await services.environments.get(params.environment);
    const flow = await services.deployment.create({ ...change, definition }, environment.id, principal.account.id);
    reply.code(201);
    return flowView(flow, services.origin);
  },
});
