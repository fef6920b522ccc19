import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import staticFiles from '@fastify/static';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { handleError } from '../errors/error-handler.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { routes, workerRoutes } from '../routes/index.ts';
import type { Services } from '../services/services.ts';
import { createHostGuard } from './host-guard.ts';
import { readJson } from './json-body.ts';
import { collectOpenApi } from './openapi-documents.ts';
import { refuseUnguardedRoutes, registerRoutes } from './register-routes.ts';
import { RequestLogger } from './request-logger.ts';
import type { Route } from './route.ts';

/** Builds the HTTP application over its services: plugins, guards, and the table of routes. */
export async function createApp(services: Services, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const { configuration } = services;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: configuration.maxBodyBytes,
    trustProxy: configuration.trustProxy,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500, caseSensitive: false },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request) => {
    throw new PlatformError('NotFound', `There is nothing at ${request.url.split('?', 1)[0]}.`);
  });
  app.decorateRequest('principal', null);
  const checkHost = createHostGuard(configuration.host, services.origin);
  app.setChildLoggerFactory((parent, bindings, options) => new RequestLogger(parent, bindings, options));
  app.addHook('onRequest', (request, _reply, done) => {
    try {
      checkHost(request);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  observe(app, services);
  refuseUnguardedRoutes(app);
  // Cookies are read where one is asked for; the plugin only sets them.
  await app.register(cookie, { hook: false });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: () => new PlatformError('TooManyAttempts', 'Too many attempts. Wait a minute and try again.'),
  });
  await collectOpenApi(app, { origin: services.origin, version: services.version, issuer: services.identity.issuer });
  await app.register(staticFiles, { root: services.portalFolder, serve: false, cacheControl: false });
  await registerByBodyForm(app, services);
  return app;
}

/** Bodies are read once, in the one form that the route declares; no route sees a body parsed as something else. */
async function registerByBodyForm(app: FastifyInstance, services: Services): Promise<void> {
  const served = services.configuration.roles.includes('web') ? routes : workerRoutes;
  const forms: readonly Route['bodyForm'][] = [undefined, 'bytes', 'stream', 'form'];
  for (const form of forms) {
    const chosen = served.filter((route) => route.bodyForm === form);
    await app.register(async (scope) => {
      await readBodiesAs(scope, form);
      registerRoutes(scope, chosen, services, services.authenticator);
    });
  }
}

async function readBodiesAs(scope: FastifyInstance, form: Route['bodyForm']): Promise<void> {
  switch (form) {
    case undefined:
      readJson(scope);
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

function observe(app: FastifyInstance, { metrics }: Services): void {
  const isDebugging = app.log.level === 'debug' || app.log.level === 'trace';
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observeRequest(request, reply);
    if (isDebugging) {
      request.log.debug(
        {
          method: request.method,
          route: request.routeOptions.url,
          status: reply.statusCode,
          durationMs: reply.elapsedTime,
        },
        'answered',
      );
    }
    done();
  });
}
