import { answerHandshake } from '@patchbay/connector';
import type { JsonValue } from '@patchbay/definition';
import { contentToValue, type Value } from '@patchbay/expression';
import { StoreError } from '@patchbay/store';
import type { FiredRun, FireResult, ResponseMessage } from '@patchbay/workflow';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Route } from '../../http/route.ts';
import type { Services } from '../../services/services.ts';
import { visibleHeaders, visibleQueries } from '../../services/trigger-outputs.ts';
import { processSimple } from '../../views/resource.ts';
import { type Called, checkCaller } from './check-caller.ts';
import { matchRelativePath } from './path-template.ts';
import { sendLater } from './send-later.ts';
import { sendResponse } from './send-response.ts';
import { setWorkflowHeaders } from './workflow-headers.ts';

/** How long a caller waits for a Response action, as in the ecosystem. */
const responseTimeoutMs = 120_000;
const signatureParameters = new Set(['api-version', 'sp', 'sv', 'se', 'sig']);

/** The address of a Request trigger: starts a run with the request as the trigger's outputs. The trigger says who may call. */
export const invokeFlow: Route = {
  method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  url: '/workflows/:flow/triggers/:trigger/paths/invoke',
  permission: 'signed',
  form: 'compatible',
  bodyForm: 'bytes',
  schema: {},
  handle: invoke,
};

export const invokeFlowWithPath: Route = { ...invokeFlow, url: '/workflows/:flow/triggers/:trigger/paths/invoke/*' };

async function invoke(services: Services, request: FastifyRequest, reply: FastifyReply) {
  const params = request.params as { readonly flow: string; readonly trigger: string };
  const called = await checkCaller(services, params, request);
  const { callable, trigger } = called;
  if (callable.row.state !== 'Started')
    throw new PlatformError('FlowNotStarted', `The flow "${callable.row.displayName}" is stopped. Start it first.`);
  const handshake = trigger.request.isEventGrid ? greet(services, request) : undefined;
  if (handshake !== undefined)
    return reply
      .code(handshake.status)
      .headers({ ...handshake.headers })
      .send(handshake.body);
  checkMethod(called, request.method);
  const clientTrackingId = request.headers['x-ms-client-tracking-id'];
  const result = await services.engine.fire({
    flow: callable.flow,
    trigger: trigger.name,
    outputs: triggerOutputs(called, request, relativePathValues(called, request.url)),
    wantsResponse: callable.hasResponse && !callable.respondsLater,
    ...(typeof clientTrackingId === 'string' && { clientTrackingId }),
  });
  return answerFor(result, called, services, reply);
}

/** Event Grid, and who sends CloudEvents, tries an address before events go there. */
function greet({ origin }: Services, request: FastifyRequest) {
  const notification = {
    method: request.method,
    url: origin + request.url,
    headers: visibleHeaders(request.headers),
    body: bytesOf(request),
  };
  // What an Event Grid says first is JSON.
  return answerHandshake(notification, () => readBody(request) as JsonValue);
}

function checkMethod({ trigger: { name, request } }: Called, method: string): void {
  // Whoever only looks at an address (RFC 9110 §9.3.2, §9.3.7) starts nothing.
  if (method === 'HEAD' || method === 'OPTIONS')
    throw new PlatformError('MethodNotAllowed', `The trigger "${name}" does not take ${method}.`);
  if (request.method !== undefined && request.method !== method)
    throw new PlatformError('MethodNotAllowed', `The trigger "${name}" takes ${request.method}, not ${method}.`);
}

function relativePathValues(
  { trigger: { request } }: Called,
  url: string,
): { readonly [name: string]: string } | undefined {
  const { relativePath = '' } = request;
  // As it was sent: the router has decoded its own copy, and with it what is a part of a segment.
  const path = /\/paths\/invoke\/([^?#]*)/i.exec(url)?.[1] ?? '';
  if (relativePath === '' && path === '') return undefined;
  const values = matchRelativePath(relativePath, path);
  if (values !== undefined) return values;
  throw new PlatformError('NotFound', `The trigger takes the relative path "${relativePath}", not "${path}".`);
}

function triggerOutputs(
  { trigger: { request: options } }: Called,
  request: FastifyRequest,
  relativePathParameters: { readonly [name: string]: string } | undefined,
): Value {
  // An access token of this server's is nobody's but its owner's; another `Authorization` is for the flow to judge.
  const showsAuthorization = options.showsAuthorization && options.access.kind === 'signature';
  const query = request.query as { readonly [name: string]: string | string[] };
  return {
    method: request.method,
    headers: visibleHeaders(request.headers, { showsAuthorization }),
    ...visibleQueries(query, signatureParameters),
    ...(relativePathParameters !== undefined && { relativePathParameters }),
    body: readBody(request),
  };
}

function bytesOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
}

function readBody(request: FastifyRequest): Value {
  try {
    return contentToValue(request.headers['content-type'] ?? '', bytesOf(request));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new PlatformError('InvalidRequest', `The body says it is JSON and is not: ${error.message}.`, {
        cause: error,
      });
    throw error;
  }
}

async function answerFor(result: FireResult, called: Called, services: Services, reply: FastifyReply) {
  const [run] = result.runs;
  if (run === undefined) return notFired(result, reply);
  const { callable, trigger } = called;
  if (!trigger.request.suppressesHeaders) setWorkflowHeaders(reply, run, callable);
  if (callable.respondsLater && result.runs.length === 1) return sendLater(services, callable.row.id, run.runId, reply);
  if (run.response === undefined || result.runs.length > 1) return accepted(run, called, services, reply);
  const message = await waitFor(run.response);
  if (message === undefined) {
    throw new PlatformError(
      'GatewayTimeout',
      `The flow did not respond within ${responseTimeoutMs / 1000} s. The run ${run.runId} goes on.`,
    );
  }
  if (message.kind === 'no-response') {
    // What the store takes nothing of has not begun.
    if (message.cause instanceof StoreError) throw message.cause;
    throw new PlatformError(message.code, message.message);
  }
  return sendResponse(message, reply);
}

function notFired({ reason }: FireResult, reply: FastifyReply) {
  switch (reason?.code) {
    case 'InvalidInput':
    case 'InvalidTemplate':
      throw new PlatformError('TriggerInputSchemaMismatch', reason.message);
    case 'TooManyRuns':
      throw new PlatformError('TooManyRuns', reason.message);
    default:
      // Whoever calls did nothing wrong: the trigger's own conditions say that there is nothing to do.
      return reply.code(202).send();
  }
}

function accepted({ runId }: FiredRun, { callable: { row } }: Called, { origin }: Services, reply: FastifyReply) {
  const environment = `${origin}${processSimple}/environments/${row.environmentId}`;
  return reply
    .code(202)
    .header('location', `${environment}/flows/${row.id}/runs/${runId}?api-version=2016-11-01`)
    .send();
}

/** `undefined`: nothing came in time. */
function waitFor(response: Promise<ResponseMessage>): Promise<ResponseMessage | undefined> {
  return new Promise((settle, fail) => {
    const timer = setTimeout(settle, responseTimeoutMs, undefined);
    response.then((message) => {
      clearTimeout(timer);
      settle(message);
    }, fail);
  });
}
