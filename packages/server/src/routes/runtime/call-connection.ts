import type { EgressResponse } from '@patchbay/egress';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Route } from '../../http/route.ts';
import type { Services } from '../../services/services.ts';

/** Of an answer's header fields, what belongs to the connection between two hosts (RFC 9110 §7.6.1) or speaks for the API's own origin. */
const keptBack = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'set-cookie',
  'clear-site-data',
  'strict-transport-security',
  'public-key-pins',
  'content-security-policy',
  'www-authenticate',
]);

const bodiless = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A raw call through a connection: everything passes but the caller's identity, in both directions, as streams. */
export const callConnection: Route = {
  method: ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'],
  url: '/apim/:connector/:connection/*',
  permission: 'connection.use',
  form: 'compatible',
  bodyForm: 'stream',
  schema: {},
  handle: async (services: Services, request: FastifyRequest, reply: FastifyReply) => {
    const { connector: name, connection } = request.params as {
      readonly connector: string;
      readonly connection: string;
    };
    const opened = await services.connections.open(connection);
    if (opened.row.name !== `shared_${name}`) {
      throw new PlatformError('ConnectionNotFound', `There is no connection "${connection}" of shared_${name}.`);
    }
    const { path, query } = splitTarget(request.url);
    const response = await opened.connector.forward(
      {
        method: request.method,
        path,
        query,
        headers: request.headers,
        ...(hasBody(request) && { body: request.raw }),
      },
      opened.options,
    );
    return answer(response, reply);
  },
};

/** The part of the request target below the connection, exactly as the caller encoded it. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  const whole = mark === -1 ? target : target.slice(0, mark);
  // '/apim/<connector>/<connection>' has three slashes before the one that begins the path.
  let start = 0;
  for (let slashes = 0; slashes < 3; slashes += 1) start = whole.indexOf('/', start + 1);
  return { path: whole.slice(start), query: mark === -1 ? '' : target.slice(mark + 1) };
}

function hasBody({ method, headers }: FastifyRequest): boolean {
  return (
    !bodiless.has(method) && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0)
  );
}

/** Written past the framework, which would put a stream of its own between: nothing of it is changed on the way. */
function answer(response: EgressResponse, reply: FastifyReply): Promise<void> {
  const headers: Record<string, string> = {};
  for (const name in response.headers) {
    const value = response.headers[name];
    if (value !== undefined && !keptBack.has(name)) headers[name] = value;
  }
  // What an API answers must not run as a page of this origin.
  headers['content-security-policy'] = "sandbox; default-src 'none'";
  headers['x-content-type-options'] = 'nosniff';
  reply.raw.writeHead(response.status, headers);
  reply.hijack();
  return response.pipe(reply.raw);
}
