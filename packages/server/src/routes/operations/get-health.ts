import { defineRoute } from '../../http/route.ts';

/** The process answers. */
export const getHealth = defineRoute({
  method: 'GET',
  url: '/healthz',
  permission: 'anonymous',
  form: 'problem',
  schema: {},
  handler: () => ({ status: 'ok' }),
});
