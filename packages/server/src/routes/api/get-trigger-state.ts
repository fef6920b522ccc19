import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { watchesSchema, watchesView } from '../../views/watch-view.ts';
import { findTrigger } from '../management/find-trigger.ts';

export const getTriggerState = defineRoute({
  method: 'GET',
  url: '/api/flows/:flow/triggers/:trigger/state',
  permission: 'flow.read',
  form: 'problem',
  operationId: 'GetTriggerState',
  summary: 'See how a trigger hears of events: subscribed since when, polled when, what was seen, what failed',
  schema: {
    params: z.object({ flow: z.string(), trigger: z.string() }),
    response: { 200: watchesSchema },
  },
  handler: async ({ services, params }) => {
    const flow = await services.flows.get(params.flow);
    const { name } = findTrigger(flow, params.trigger);
    const { watches } = services;
    return watchesView(await watches.list(flow.row.id, name), await watches.notes(flow.row.id, name));
  },
});
