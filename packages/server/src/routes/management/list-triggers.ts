import type { JsonObject } from '@patchbay/definition';
import { defineRoute } from '../../http/route.ts';
import { triggersOf } from '../../services/flow-document.ts';
import { triggerView } from '../../views/flow-view.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { flowParams, resourceList, versionQuery } from './schemas.ts';

export const listTriggers = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/triggers`,
  permission: 'flow.read',
  form: 'compatible',
  operationId: 'ListTriggers',
  summary: 'List the triggers of a flow',
  schema: { params: flowParams, querystring: versionQuery, response: { 200: resourceList } },
  handler: async ({ services, params }) => {
    const flow = await findFlow(services, params);
    const triggers = triggersOf(JSON.parse(flow.revision.definition) as JsonObject);
    const value = triggers.map(async ({ name }) =>
      triggerView(flow, name, await services.triggerHistories.times(flow.row.id, name)),
    );
    return { value: await Promise.all(value) };
  },
});
