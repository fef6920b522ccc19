import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Route } from '../../http/route.ts';
import { messagePage, signInPagePolicy } from '../../identity/pages.ts';
import type { Services } from '../../services/services.ts';

/** The portal's styles are set by its component library while it runs; scripts come from files only. */
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const notPages = /^(api|providers|apim|workflows|contents|oidc|signin)(\/|$)/i;
const files = /^(assets\/[\w.-]+|favicon\.svg)$/;

/** The portal: its files, and its one document for every other address that a browser opens. */
export const getPortal: Route = {
  method: 'GET',
  url: '/*',
  permission: 'anonymous',
  form: 'page',
  schema: {},
  handle: ({ portalFolder }: Services, request: FastifyRequest, reply: FastifyReply) => {
    const { '*': path = '' } = request.params as { readonly '*'?: string };
    const isFile = files.test(path);
    if (notPages.test(path) || (isFile && !existsSync(join(portalFolder, path)))) {
      throw new PlatformError('NotFound', `There is nothing at /${path}.`);
    }
    if (!existsSync(join(portalFolder, 'index.html'))) return notBuilt(reply);
    reply
      .header('content-security-policy', policy)
      .header('referrer-policy', 'same-origin')
      .header('x-content-type-options', 'nosniff');
    const isHashed = path.startsWith('assets/');
    return reply
      .header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      .sendFile(isFile ? path : 'index.html');
  },
};

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
