import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { callbackUrl } from '../../services/callback-url.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { findTrigger } from './find-trigger.ts';
import { optionalBody, triggerParams, versionQuery } from './schemas.ts';

const callback = z.looseObject({
  value: z.string(),
  method: z.string(),
  basePath: z.string(),
  queries: z.looseObject({}),
});

export const listCallbackUrl = defineRoute({
  method: 'POST',
  url: `${processSimple}/environments/:environment/flows/:flow/triggers/:trigger/listCallbackUrl`,
  permission: 'flow.run',
  form: 'compatible',
  operationId: 'ListCallbackUrl',
  summary: 'Get the signed address that starts a flow',
  schema: { params: triggerParams, querystring: versionQuery, body: optionalBody, response: { 200: callback } },
  handler: async ({ services, params }) => {
    const flow = await findFlow(services, params);
    const answer = await callbackUrl(services, flow.row.id, findTrigger(flow, params.trigger));
    // Consumers read .response.value or .value.
    return { ...answer, response: answer };
  },
});
