import type { JsonObject } from '@patchbay/definition';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { findTrigger } from '../management/find-trigger.ts';

export const putTriggerState = defineRoute({
  method: 'PUT',
  url: '/api/flows/:flow/triggers/:trigger/state',
  permission: 'flow.write',
  form: 'problem',
  operationId: 'PutTriggerState',
  summary: 'Change what the next poll of a trigger begins with; null lets the next poll be the first again',
  schema: {
    params: z.object({ flow: z.string(), trigger: z.string() }),
    body: z.object({ state: z.looseObject({}).nullable() }),
    response: { 204: null },
  },
  handler: async ({ services, params, body, reply }) => {
    const flow = await services.flows.get(params.flow);
    // It was read as JSON.
    const state = body.state as JsonObject | null;
    await services.watches.changeState(flow.row.id, findTrigger(flow, params.trigger).name, state);
    return reply.code(204).send();
  },
});
