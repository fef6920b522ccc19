import type { ParameterValues, Replay } from '@patchbay/connector';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { explanationView, traceStepSchema } from '../../views/explanation-view.ts';
import { jsonObject, jsonValue } from '../management/schemas.ts';
import { callBody, callOptionsOf } from './call-body.ts';

export const explainOperation = defineRoute({
  method: 'POST',
  url: '/api/connections/:connection/operations/:operation/explain',
  permission: 'connection.use',
  form: 'problem',
  operationId: 'ExplainOperation',
  summary: 'Show every step of a call, and replay it from one of them with an edited value',
  schema: {
    params: z.object({ connection: z.string(), operation: z.string() }),
    body: z
      .object({
        parameters: jsonObject.optional(),
        send: z.boolean().optional().describe('Whether the request goes out; it does not when absent.'),
        replay: z
          .object({
            from: z.string().describe('The id of a step.'),
            value: jsonValue.describe('What stands in the place of its after; secrets shown as *** are put back.'),
          })
          .optional(),
        ...callBody,
      })
      .nullish(),
    response: {
      200: z.looseObject({
        request: z.looseObject({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }),
        trace: z.array(traceStepSchema),
        durationMs: z.number(),
      }),
    },
  },
  handler: async ({ services, params, body }) => {
    const { connector, options } = await services.connections.open(params.connection);
    const replay: Replay | undefined = body?.replay;
    const startedMs = performance.now();
    const explanation = await connector
      .operation(params.operation)
      .explain((body?.parameters ?? {}) as ParameterValues, {
        ...options,
        ...callOptionsOf(body),
        send: body?.send === true,
        ...(replay !== undefined && { replay }),
      });
    return { ...explanationView(explanation), durationMs: Math.round(performance.now() - startedMs) };
  },
});
