import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Route } from '../../http/route.ts';
import { messagePage, signInPagePolicy } from '../../identity/pages.ts';
import type { Services } from '../../services/services.ts';

const notPages = /^\/(api|providers|apim|workflows|contents|oidc|signin)(\/|$)/i;

/** The portal: its files, and its page for every other address that a browser opens. */
export const getPortal: Route = {
  method: 'GET',
  url: '/*',
  permission: 'anonymous',
  form: 'page',
  schema: {},
  handle: (services: Services, request: FastifyRequest, reply: FastifyReply) => {
    const path = decodePath(request.url);
    if (path === undefined || notPages.test(path)) throw nothingAt(request);
    if (!existsSync(join(services.portalFolder, 'index.html'))) return notBuilt(reply);
    if (/\.[a-z0-9]+$/i.test(path)) {
      const isHashed = path.startsWith('/assets/');
      return reply.sendFile(path.slice(1), { immutable: isHashed, maxAge: isHashed ? '365d' : 0 });
    }
    if (
      request.headers.accept?.includes('text/html') !== true &&
      request.headers.accept !== '*/*' &&
      request.headers.accept !== undefined
    )
      throw nothingAt(request);
    return reply.sendFile('index.html', { maxAge: 0, immutable: false });
  },
};

function decodePath(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '/');
  } catch {
    return undefined;
  }
}

function nothingAt(request: FastifyRequest): PlatformError {
  return new PlatformError('NotFound', `There is nothing at ${request.method} ${request.url.split('?', 1)[0]}.`);
}

function notBuilt(reply: FastifyReply) {
  const page = messagePage(
    'The portal is not built',
    'Run "npm run build -w packages/portal", or start with "npm start", which builds it.',
  );
  return reply
    .code(503)
    .header('content-security-policy', signInPagePolicy)
    .type('text/html; charset=utf-8')
    .send(page);
}
