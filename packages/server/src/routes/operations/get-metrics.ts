import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../../configuration/address.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { equalSecrets } from '../../http/authenticator.ts';
import { defineRoute } from '../../http/route.ts';
import type { Services } from '../../services/services.ts';

/** Prometheus text, for whoever may watch. */
export const getMetrics = defineRoute({
  method: 'GET',
  url: '/metrics',
  permission: 'anonymous',
  form: 'problem',
  schema: {},
  handler: async ({ services, request, reply }) => {
    if (!(await mayWatch(services, request))) {
      throw new PlatformError(
        'Unauthenticated',
        'Metrics are for who is signed in, or who sends the token that PATCHBAY_METRICS_TOKEN sets.',
      );
    }
    return reply.type(services.metrics.contentType).send(await services.metrics.text());
  },
});

async function mayWatch(services: Services, request: FastifyRequest): Promise<boolean> {
  const { metricsToken } = services.configuration;
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (metricsToken !== undefined && given !== undefined && equalSecrets(given, metricsToken)) return true;
  if ((await services.authenticator.authenticate(request)) !== undefined) return true;
  // Behind a proxy on this machine everybody comes from this machine, so its address counts only where there is no other way in.
  const isLocalOnly = isLoopback(new URL(services.origin).hostname.replace(/^\[(.*)\]$/, '$1'));
  return metricsToken === undefined && isLocalOnly && /^(127\.|::1$|::ffff:127\.)/.test(request.ip);
}
