import { defineRoute } from '../../http/route.ts';
import { triggerView } from '../../views/flow-view.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { findTrigger } from './find-trigger.ts';
import { resource, triggerParams, versionQuery } from './schemas.ts';

export const getTrigger = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/triggers/:trigger`,
  permission: 'flow.read',
  form: 'compatible',
  operationId: 'GetTrigger',
  summary: 'Get a trigger of a flow',
  schema: { params: triggerParams, querystring: versionQuery, response: { 200: resource } },
  handler: async ({ services, params }) => {
    const flow = await findFlow(services, params);
    const { name } = findTrigger(flow, params.trigger);
    return triggerView(flow, name, await services.triggerHistories.times(flow.row.id, name));
  },
});
