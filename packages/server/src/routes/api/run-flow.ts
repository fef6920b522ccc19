import type { Value } from '@patchbay/expression';
import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { findTrigger } from '../management/find-trigger.ts';
import { jsonValue } from '../management/schemas.ts';

const texts = z.record(z.string(), z.string());

export const runFlow = defineRoute({
  method: 'POST',
  url: '/api/flows/:flow/triggers/:trigger/run',
  permission: 'flow.run',
  form: 'problem',
  operationId: 'RunFlow',
  summary: 'Run a flow now, without waiting for it',
  schema: {
    params: z.object({ flow: z.string(), trigger: z.string() }),
    body: z.object({ body: jsonValue.optional(), headers: texts.optional(), queries: texts.optional() }).nullish(),
    response: { 202: z.object({ runId: z.string() }) },
  },
  handler: async ({ services, params, body, reply }) => {
    const flow = await services.flows.get(params.flow);
    const trigger = findTrigger(flow, params.trigger);
    const result = await services.engine.fire({
      flow: { flowId: flow.row.id, revision: flow.row.revision },
      trigger: trigger.name,
      outputs: {
        headers: body?.headers ?? {},
        ...(body?.queries !== undefined && { queries: body.queries }),
        body: (body?.body ?? null) as Value,
      },
    });
    const [run] = result.runs;
    if (run === undefined)
      throw new PlatformError('TriggerInputSchemaMismatch', result.reason?.message ?? 'The trigger did not fire.');
    reply.code(202);
    return { runId: run.runId };
  },
});
