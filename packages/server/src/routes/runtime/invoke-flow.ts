import { validateHeaderName, validateHeaderValue } from 'node:http';
import { contentToValue, type Value, valueToContent } from '@patchbay/expression';
import type { FiredRun, FireResult, ResponseMessage } from '@patchbay/workflow';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Route } from '../../http/route.ts';
import { isCallable, isSigned } from '../../services/callback-url.ts';
import { memberOf, type TriggerEntry, textOf } from '../../services/flow-document.ts';
import type { CallableFlow } from '../../services/flow-service.ts';
import type { Services } from '../../services/services.ts';
import { visibleHeaders, visibleQueries } from '../../services/trigger-outputs.ts';
import { processSimple } from '../../views/resource.ts';
import { matchRelativePath } from './path-template.ts';

/** How long a caller waits for a Response action, as in the ecosystem. */
const responseTimeoutMs = 120_000;
const signatureParameters = new Set(['api-version', 'sp', 'sv', 'se', 'sig']);
/** What an answer's header fields cannot say, because the transport says it. */
const transportHeaders =
  /^(connection|content-length|keep-alive|te|trailer|transfer-encoding|upgrade|set-cookie|content-security-policy)$/i;

/** The callback URL of a flow: starts a run with the request as the trigger's outputs. The signature is the authority. */
export const invokeFlow: Route = {
  method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  url: '/workflows/:flow/triggers/:trigger/paths/invoke',
  permission: 'signed',
  form: 'compatible',
  bodyForm: 'bytes',
  schema: {},
  handle: invoke,
};

export const invokeFlowWithPath: Route = { ...invokeFlow, url: '/workflows/:flow/triggers/:trigger/paths/invoke/*' };

async function invoke(services: Services, request: FastifyRequest, reply: FastifyReply) {
  const params = request.params as { readonly flow: string; readonly trigger: string; readonly '*'?: string };
  const query = request.query as { readonly [name: string]: string | string[] };
  if (!(await isSigned(services.signatures, params.flow, params.trigger, query))) {
    throw new PlatformError(
      'SignatureInvalid',
      'The callback URL is not valid, or not any more. Get the current one from the flow.',
    );
  }
  const callable = await services.flows.callable(params.flow);
  const trigger = callable.triggers.find((one) => one.name === params.trigger);
  if (trigger === undefined || !isCallable(trigger))
    throw new PlatformError('TriggerNotFound', `The flow has no request trigger "${params.trigger}".`);
  checkCall(callable, trigger, request.method);
  const clientTrackingId = request.headers['x-ms-client-tracking-id'];
  const result = await services.engine.fire({
    flow: callable.flow,
    trigger: trigger.name,
    outputs: triggerOutputs(request, query, relativePathValues(trigger, params['*'])),
    wantsResponse: callable.hasResponse,
    ...(typeof clientTrackingId === 'string' && { clientTrackingId }),
  });
  return answerFor(result, callable, services, reply);
}

function checkCall({ row }: CallableFlow, trigger: TriggerEntry, method: string): void {
  if (row.state !== 'Started')
    throw new PlatformError('FlowNotStarted', `The flow "${row.displayName}" is stopped. Start it first.`);
  const expected = textOf(memberOf(memberOf(trigger.source, 'inputs'), 'method'))?.toUpperCase();
  // Whoever only looks at an address (RFC 9110 §9.3.2) starts nothing.
  if (method === 'HEAD')
    throw new PlatformError('MethodNotAllowed', `The trigger "${trigger.name}" does not take HEAD.`);
  if (expected !== undefined && expected !== '' && expected !== method) {
    throw new PlatformError('MethodNotAllowed', `The trigger "${trigger.name}" takes ${expected}, not ${method}.`);
  }
}

function relativePathValues(
  trigger: TriggerEntry,
  path: string | undefined,
): { readonly [name: string]: string } | undefined {
  const template = textOf(memberOf(memberOf(trigger.source, 'inputs'), 'relativePath'));
  if (template === undefined && (path === undefined || path === '')) return undefined;
  const values = matchRelativePath(template ?? '', path ?? '');
  if (values !== undefined) return values;
  throw new PlatformError('NotFound', `The trigger takes the relative path "${template ?? ''}", not "${path ?? ''}".`);
}

function triggerOutputs(
  request: FastifyRequest,
  query: { readonly [name: string]: string | string[] },
  relativePathParameters: { readonly [name: string]: string } | undefined,
): Value {
  return {
    headers: visibleHeaders(request.headers),
    ...visibleQueries(query, signatureParameters),
    ...(relativePathParameters !== undefined && { relativePathParameters }),
    body: readBody(request),
  };
}

function readBody(request: FastifyRequest): Value {
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
  try {
    return contentToValue(request.headers['content-type'] ?? '', bytes);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new PlatformError('InvalidRequest', `The body says it is JSON and is not: ${error.message}.`, {
        cause: error,
      });
    throw error;
  }
}

async function answerFor(result: FireResult, callable: CallableFlow, services: Services, reply: FastifyReply) {
  const [run] = result.runs;
  if (run === undefined) return notFired(result, reply);
  if (run.response === undefined || result.runs.length > 1) return accepted(run, callable, services, reply);
  const message = await waitFor(run.response);
  reply.header('x-ms-workflow-run-id', run.runId);
  if (message === undefined) {
    throw new PlatformError(
      'GatewayTimeout',
      `The flow did not respond within ${responseTimeoutMs / 1000} s. The run ${run.runId} goes on.`,
    );
  }
  if (message.kind === 'no-response') throw new PlatformError('NoResponse', message.message);
  return respond(message, reply);
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

function accepted({ runId }: FiredRun, { row }: CallableFlow, { origin }: Services, reply: FastifyReply) {
  reply.code(202);
  reply.header('x-ms-workflow-run-id', runId);
  reply.header('x-ms-workflow-id', row.id);
  reply.header('x-ms-workflow-name', row.id);
  reply.header(
    'location',
    `${origin}${processSimple}/environments/${row.environmentId}/flows/${row.id}/runs/${runId}?api-version=2016-11-01`,
  );
  return reply.send();
}

/** `undefined`: nothing came in time. */
async function waitFor(response: Promise<ResponseMessage>): Promise<ResponseMessage | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((settle) => {
    timer = setTimeout(() => settle(undefined), responseTimeoutMs);
  });
  try {
    return await Promise.race([response, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Throws `ResponseInvalid` for a header field that HTTP has no way to say (RFC 9110 §5.1, §5.5). */
function checkHeader(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (error) {
    throw new PlatformError(
      'ResponseInvalid',
      `The flow responded with the header field "${name}", which cannot be sent: its name or its value has a character that HTTP does not allow.`,
      { cause: error },
    );
  }
}

function respond({ statusCode, headers, body }: Extract<ResponseMessage, { kind: 'response' }>, reply: FastifyReply) {
  reply.code(statusCode);
  let contentType: string | undefined;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || transportHeaders.test(name)) continue;
    checkHeader(name, value);
    if (name.toLowerCase() === 'content-type') contentType = value;
    else reply.header(name, value);
  }
  // A flow's answer must not run as a page of this origin.
  reply.header('content-security-policy', "sandbox; default-src 'none'");
  reply.header('x-content-type-options', 'nosniff');
  const content = valueToContent(body, contentType);
  if (content === undefined) return reply.send();
  return reply
    .header('content-type', content.contentType)
    .send(Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.byteLength));
}
