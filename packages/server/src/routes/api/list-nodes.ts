import type { JsonValue } from '@patchbay/definition';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { jsonValue } from '../management/schemas.ts';
import { answerAs, dynamicAnswer, dynamicParams, givenMember, givenOf } from './dynamic-body.ts';

export const listNodes = defineRoute({
  method: 'POST',
  url: '/api/connections/:connection/operations/:operation/nodes',
  permission: 'connection.use',
  form: 'problem',
  operationId: 'ListNodes',
  summary: 'One level of the tree that a parameter is chosen from',
  schema: {
    params: dynamicParams,
    body: z.object({
      parameter: z.string(),
      item: jsonValue.optional().describe('The item of the node to look into; the roots without it'),
      ...givenMember,
    }),
    response: { 200: dynamicAnswer('nodes') },
  },
  handler: async ({ services, params, body }) => {
    const asked = { ...params, given: givenOf(body) };
    return answerAs('nodes', await services.dynamic.nodes(asked, body.parameter, body.item as JsonValue | undefined));
  },
});
