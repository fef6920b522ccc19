import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';

/** Prometheus text, for this machine and for whoever is signed in. */
export const getMetrics = defineRoute({
  method: 'GET',
  url: '/metrics',
  permission: 'anonymous',
  form: 'problem',
  schema: {},
  handler: async ({ services, request, reply }) => {
    const isLocal = /^(127\.|::1$|::ffff:127\.)/.test(request.ip);
    if (!isLocal && (await services.authenticator.authenticate(request)) === undefined) {
      throw new PlatformError('Unauthenticated', 'Metrics are for this machine, or with an access token.');
    }
    return reply.type(services.metrics.contentType).send(await services.metrics.text());
  },
});
