import type { ParameterValues } from '@patchbay/connector';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { explanationView } from '../../views/explanation-view.ts';
import { jsonObject } from '../management/schemas.ts';
import { callBody, callOptionsOf } from './call-body.ts';
import { chooseTestOperation } from './choose-test-operation.ts';

export const testConnection = defineRoute({
  method: 'POST',
  url: '/api/connections/:connection/test',
  permission: 'connection.use',
  form: 'problem',
  operationId: 'TestConnection',
  summary: 'Call an operation through a connection and show every step',
  schema: {
    params: z.object({ connection: z.string() }),
    body: z.object({ operationId: z.string().optional(), parameters: jsonObject.optional(), ...callBody }).nullish(),
    response: { 200: z.looseObject({ ok: z.boolean(), durationMs: z.number() }) },
  },
  handler: async ({ services, params, body }) => {
    const { connector, model, options } = await services.connections.open(params.connection);
    const operation = connector.operation(body?.operationId ?? chooseTestOperation(model));
    const startedMs = performance.now();
    const explanation = await operation.explain((body?.parameters ?? {}) as ParameterValues, {
      ...options,
      ...callOptionsOf(body),
      send: true,
    });
    return { ...explanationView(explanation), durationMs: Math.round(performance.now() - startedMs) };
  },
});
