import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { answerAs, dynamicAnswer, dynamicParams, givenMember, givenOf } from './dynamic-body.ts';

export const listChoices = defineRoute({
  method: 'POST',
  url: '/api/connections/:connection/operations/:operation/choices',
  permission: 'connection.use',
  form: 'problem',
  operationId: 'ListChoices',
  summary: 'What can be chosen for a parameter, as the API says',
  schema: {
    params: dynamicParams,
    body: z.object({ parameter: z.string(), ...givenMember }),
    response: { 200: dynamicAnswer('choices') },
  },
  handler: async ({ services, params, body }) =>
    answerAs('choices', await services.dynamic.choices({ ...params, given: givenOf(body) }, body.parameter)),
});
