import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Route } from '../../http/route.ts';
import type { Services } from '../../services/services.ts';
import { visibleHeaders, visibleQueries } from '../../services/trigger-outputs.ts';

/** Where APIs send the events that a trigger asked them for. The signature in the path is the authority. */
export const receiveNotification: Route = {
  method: ['GET', 'POST', 'PUT', 'PATCH', 'OPTIONS'],
  url: '/notifications/:flow/:address/:signature',
  permission: 'signed',
  form: 'compatible',
  bodyForm: 'bytes',
  schema: {},
  handle: receive,
};

async function receive({ notifications, origin }: Services, request: FastifyRequest, reply: FastifyReply) {
  const { flow, address, signature } = request.params as {
    readonly flow: string;
    readonly address: string;
    readonly signature: string;
  };
  const headers = visibleHeaders(request.headers);
  const notification = {
    method: request.method,
    url: origin + request.url,
    headers,
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(0),
  };
  // The query came by URLSearchParams, or as the framework reads it: texts and lists of them.
  const queries = visibleQueries(request.query as { readonly [name: string]: string | string[] });
  const received = await notifications.receive(
    { flowId: flow, addressId: address, signature },
    notification,
    (body) => ({
      headers,
      ...queries,
      body,
    }),
  );
  reply.header('content-security-policy', "sandbox; default-src 'none'");
  reply.header('x-content-type-options', 'nosniff');
  switch (received.kind) {
    case 'handshake':
      return reply
        .code(received.answer.status)
        .headers({ ...received.answer.headers })
        .send(received.answer.body);
    case 'fetching':
      return reply.code(202).send();
    case 'fired': {
      const { runs, reason } = received.result;
      if (reason?.code === 'InvalidInput' || reason?.code === 'InvalidTemplate')
        throw new PlatformError('TriggerInputSchemaMismatch', reason.message);
      if (reason?.code === 'TooManyRuns') throw new PlatformError('TooManyRuns', reason.message);
      const [run] = runs;
      if (run !== undefined) reply.header('x-ms-workflow-run-id', run.runId);
      return reply.code(run === undefined ? 202 : 200).send();
    }
  }
}
