import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Services } from '../services/services.ts';
import type { Authenticator } from './authenticator.ts';
import type { Route } from './route.ts';

/**
 * Registers the table of routes, each with its authorization before anything else of it runs. Any other route that turns up on the
 * application without a permission stops the start.
 */
export function registerRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  services: Services,
  authenticator: Authenticator,
): void {
  for (const route of routes) app.route(toRouteOptions(route, services, authenticator));
}

/** Fails the start when a route has no permission. Add it before any route is. */
export function refuseUnguardedRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const config = route.config as { readonly permission?: unknown } | undefined;
    if (typeof config?.permission === 'string') return;
    throw new Error(`The route ${String(route.method)} ${route.url} has no permission; give it one in its definition.`);
  });
}

function toRouteOptions(route: Route, services: Services, authenticator: Authenticator): RouteOptions {
  const { method, url, permission, form, schema, operationId, summary, rateLimit } = route;
  const { response: _documented, ...validated } = schema;
  const isDescribed = operationId !== undefined;
  return {
    method: typeof method === 'string' ? method : [...method],
    url,
    config: {
      permission,
      form,
      ...(isDescribed && { response: schema.response ?? {} }),
      ...(rateLimit !== undefined && { rateLimit: { max: rateLimit.max, timeWindow: rateLimit.timeWindowMs } }),
    },
    schema: {
      ...validated,
      ...(isDescribed ? { operationId, summary: summary ?? operationId } : { hide: true }),
      ...(permission === 'anonymous' && { security: [] }),
    },
    ...(permission !== 'anonymous' &&
      permission !== 'signed' && {
        onRequest: (request: FastifyRequest) => authenticator.authorize(request, permission),
      }),
    handler: (request: FastifyRequest, reply: FastifyReply) => route.handle(services, request, reply),
  };
}
