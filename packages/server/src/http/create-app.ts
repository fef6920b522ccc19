import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import staticFiles from '@fastify/static';
import swagger from '@fastify/swagger';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { type Configuration, isLoopback } from '../configuration.ts';
import { handleError } from '../errors/error-handler.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { routes } from '../routes/index.ts';
import { portalFolder } from '../routes/portal/get-portal.ts';
import type { Services } from '../services/services.ts';
import { openApiOptions } from './openapi-documents.ts';
import { refuseUnguardedRoutes, registerRoutes } from './register-routes.ts';
import type { Route } from './route.ts';

/** Builds the HTTP application over its services: plugins, guards, and the table of routes. */
export async function createApp(services: Services, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const { configuration } = services;
  const app = fastify({
    loggerInstance: logger,
    disableRequestLogging: true,
    bodyLimit: configuration.maxBodyBytes,
    trustProxy: configuration.trustProxy,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500, caseSensitive: true },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request) => {
    throw new PlatformError('NotFound', `There is nothing at ${request.url.split('?', 1)[0]}.`);
  });
  app.decorateRequest('principal', null);
  refuseForeignHosts(app, configuration, services.origin);
  observe(app, services);
  refuseUnguardedRoutes(app);
  await app.register(cookie);
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: () => new PlatformError('TooManyAttempts', 'Too many attempts. Wait a minute and try again.'),
  });
  await app.register(swagger, openApiOptions(services.origin, services.version));
  await app.register(staticFiles, { root: portalFolder, serve: false, cacheControl: false });
  await registerByBodyForm(app, services);
  return app;
}

/** Bodies are read once, in the one form that the route declares; no route sees a body parsed as something else. */
async function registerByBodyForm(app: FastifyInstance, services: Services): Promise<void> {
  const forms: readonly Route['bodyForm'][] = [undefined, 'bytes', 'stream', 'form'];
  for (const form of forms) {
    const chosen = routes.filter((route) => route.bodyForm === form);
    await app.register(async (scope) => {
      await readBodiesAs(scope, form);
      registerRoutes(scope, chosen, services, services.authenticator);
    });
  }
}

async function readBodiesAs(scope: FastifyInstance, form: Route['bodyForm']): Promise<void> {
  switch (form) {
    case undefined:
      return;
    case 'bytes':
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      return;
    case 'stream':
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      return;
    case 'form':
      scope.removeAllContentTypeParsers();
      await scope.register(formBody);
      return;
  }
}

/**
 * A server that only this machine reaches answers under this machine's names only: a page of another origin cannot point a name of its
 * own here and read the answers (DNS rebinding).
 */
function refuseForeignHosts(app: FastifyInstance, configuration: Configuration, origin: string): void {
  if (!isLoopback(configuration.host)) return;
  const publicHost = new URL(origin).hostname;
  app.addHook('onRequest', async (request) => {
    const { hostname } = request;
    const name = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    if (isLoopback(name) || name === publicHost) return;
    throw new PlatformError('HostRefused', `This server does not answer as ${hostname}. Use ${origin}.`);
  });
}

function observe(app: FastifyInstance, { metrics }: Services): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.requestAnswered(
      request.method,
      request.routeOptions.url ?? 'none',
      reply.statusCode,
      reply.elapsedTime / 1000,
    );
    request.log.debug(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
      },
      'answered',
    );
  });
}
