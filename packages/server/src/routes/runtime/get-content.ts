import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { contentKinds } from '../../services/run-service.ts';

/** What a content link leads to: a payload of a run as JSON. The signature is the authority. */
export const getContent = defineRoute({
  method: 'GET',
  url: '/contents/:flow/:run/:kind',
  permission: 'signed',
  form: 'compatible',
  schema: {
    params: z.object({ flow: z.string(), run: z.string(), kind: z.enum(contentKinds) }),
    querystring: z.looseObject({
      action: z.string().optional(),
      iteration: z.string().optional(),
      se: z.string().default(''),
      sig: z.string().default(''),
    }),
  },
  handler: async ({ services, params, query, reply }) => {
    const address = {
      flowId: params.flow,
      runId: params.run,
      kind: params.kind,
      ...(query.action !== undefined && { action: query.action }),
      ...(query.iteration !== undefined && { iteration: query.iteration }),
    };
    const content = await services.runs.content(address, query.se, query.sig);
    if (content === undefined) return reply.code(204).send();
    return reply.type('application/json; charset=utf-8').header('cache-control', 'private, no-store').send(content);
  },
});
