import { defineRoute } from '../../http/route.ts';

export const getOpenApi = defineRoute({
  method: 'GET',
  url: '/api/openapi.json',
  permission: 'anonymous',
  form: 'problem',
  schema: {},
  handler: ({ services, reply }) => reply.type('application/json').send(services.documents().api),
});

export const getManagementOpenApi = defineRoute({
  method: 'GET',
  url: '/api/management/openapi.json',
  permission: 'anonymous',
  form: 'problem',
  schema: {},
  handler: ({ services, reply }) => reply.type('application/json').send(services.documents().management),
});
