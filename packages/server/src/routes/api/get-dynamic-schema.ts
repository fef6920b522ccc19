import type { SchemaPlace } from '@patchbay/connector';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { answerAs, dynamicAnswer, dynamicParams, givenMember, givenOf } from './dynamic-body.ts';

const place = z.union([
  z.object({ kind: z.literal('input'), path: z.string() }),
  z.object({ kind: z.literal('output'), status: z.string().optional() }),
  z.object({ kind: z.literal('notification') }),
]);

export const getDynamicSchema = defineRoute({
  method: 'POST',
  url: '/api/connections/:connection/operations/:operation/schema',
  permission: 'connection.use',
  form: 'problem',
  operationId: 'GetDynamicSchema',
  summary: 'The schema of an input, an answer or a notification, as the API says',
  schema: {
    params: dynamicParams,
    body: z.object({ place, ...givenMember }),
    response: { 200: dynamicAnswer('schema') },
  },
  handler: async ({ services, params, body }) => {
    const asked = { ...params, given: givenOf(body) };
    return answerAs('schema', await services.dynamic.schema(asked, body.place as SchemaPlace));
  },
});
