import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { findTrigger } from '../management/find-trigger.ts';

export const checkTrigger = defineRoute({
  method: 'POST',
  url: '/api/flows/:flow/triggers/:trigger/check',
  permission: 'flow.run',
  form: 'problem',
  operationId: 'CheckTrigger',
  summary: 'Poll a trigger’s API now, or try again to subscribe or unsubscribe where that failed',
  schema: {
    params: z.object({ flow: z.string(), trigger: z.string() }),
    body: z.object({}).nullish(),
    response: { 202: null },
  },
  handler: async ({ services, params, reply }) => {
    const flow = await services.flows.get(params.flow);
    await services.watches.check(flow.row.id, findTrigger(flow, params.trigger).name);
    return reply.code(202).send();
  },
});
