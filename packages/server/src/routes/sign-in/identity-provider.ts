import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Route } from '../../http/route.ts';
import type { Services } from '../../services/services.ts';

const mount = '/oidc';

/** The embedded issuer's own endpoints: the provider answers on the connection itself. */
export const identityProvider: Route = {
  method: ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'],
  url: `${mount}/*`,
  permission: 'anonymous',
  form: 'problem',
  bodyForm: 'stream',
  schema: {},
  handle: (services: Services, request: FastifyRequest, reply: FastifyReply) => {
    const { provider } = services.identity;
    if (provider === undefined) throw new PlatformError('NotFound', 'People sign in at another issuer.');
    const raw: IncomingMessage & { originalUrl?: string } = request.raw;
    const { protocol, host } = new URL(services.origin);
    // The provider believes these two, so only this server may say them.
    raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    raw.headers['x-forwarded-host'] = host;
    delete raw.headers['x-forwarded-for'];
    raw.originalUrl = raw.url ?? '';
    raw.url = (raw.url ?? '').slice(mount.length) || '/';
    reply.hijack();
    void provider.callback()(raw, reply.raw);
    return reply;
  },
};
