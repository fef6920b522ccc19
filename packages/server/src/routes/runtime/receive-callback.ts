import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Route } from '../../http/route.ts';
import type { CallbackPlace } from '../../services/callback-service.ts';
import type { Services } from '../../services/services.ts';
import { visibleHeaders } from '../../services/trigger-outputs.ts';

/** Where APIs call back the actions of runs that wait for it. The signature in the path is the authority, for one action in one iteration of one run. */
export const receiveCallback: Route = {
  method: ['GET', 'POST', 'PUT', 'PATCH', 'OPTIONS'],
  url: '/callbacks/:flowId/:runId/:action/:iteration/:signature',
  permission: 'signed',
  form: 'compatible',
  bodyForm: 'bytes',
  schema: {},
  handle: receive,
};

async function receive({ callbacks, origin }: Services, request: FastifyRequest, reply: FastifyReply) {
  const headers = visibleHeaders(request.headers);
  const notification = {
    method: request.method,
    url: origin + request.url,
    headers,
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(0),
  };
  // The route's own path gives every member.
  const handshake = await callbacks.receive(request.params as CallbackPlace, notification, headers);
  reply.header('content-security-policy', "sandbox; default-src 'none'");
  reply.header('x-content-type-options', 'nosniff');
  if (handshake === undefined) return reply.code(200).send();
  return reply
    .code(handshake.status)
    .headers({ ...handshake.headers })
    .send(handshake.body);
}
