import { defineRoute } from '../../http/route.ts';
import { closeSession } from './sign-in-cookies.ts';

export const signOut = defineRoute({
  method: 'POST',
  url: '/signout',
  permission: 'session.own',
  form: 'problem',
  operationId: 'SignOut',
  summary: 'End the session',
  schema: { response: { 204: null } },
  handler: async ({ services, request, reply }) => {
    await closeSession(services, request, reply);
    return reply.code(204).send();
  },
});
