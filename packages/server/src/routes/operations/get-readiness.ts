import { defineRoute } from '../../http/route.ts';

/** Requests can be served: the database answers and the engine runs. */
export const getReadiness = defineRoute({
  method: 'GET',
  url: '/readyz',
  permission: 'anonymous',
  form: 'problem',
  schema: {},
  handler: async ({ services, reply }) => {
    const store = await services.store.ping().then(
      () => 'ok',
      () => 'failing',
    );
    const engine = services.isReady() ? 'ok' : 'stopped';
    const isReady = store === 'ok' && engine === 'ok';
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', checks: { store, engine } });
  },
});
