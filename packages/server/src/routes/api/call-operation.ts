import type { ParameterValues } from '@patchbay/connector';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { jsonObject, jsonValue } from '../management/schemas.ts';
import { callBody, callOptionsOf } from './call-body.ts';

export const callOperation = defineRoute({
  method: 'POST',
  url: '/api/connections/:connection/operations/:operation/call',
  permission: 'connection.use',
  form: 'problem',
  operationId: 'CallOperation',
  summary: 'Call an operation through a connection',
  schema: {
    params: z.object({ connection: z.string(), operation: z.string() }),
    body: z.object({ parameters: jsonObject.optional(), ...callBody }).nullish(),
    response: { 200: z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: jsonValue }) },
  },
  handler: async ({ services, params, body }) => {
    const { connector, options } = await services.connections.open(params.connection);
    return connector.operation(params.operation).call((body?.parameters ?? {}) as ParameterValues, {
      ...options,
      ...callOptionsOf(body),
    });
  },
});
