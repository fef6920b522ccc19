import { Readable } from 'node:stream';
import { type Authenticated, applyCredential, type Unauthenticated } from '@patchbay/credential';
import type { JsonValue } from '@patchbay/definition';
import type { EgressResponse } from '@patchbay/egress';
import type { Callable } from './callable.ts';
import type { CallOptions } from './contract.ts';
import { decodeBody } from './decode-result.ts';
import { ConnectorError, tellPathRefused } from './errors.ts';
import { observeNothing } from './explain/observe.ts';
import { isJsonType } from './json-text.ts';
import { escapesPath } from './path-template.ts';
import { credentialHeadersOf, type OperationPolicies, type PolicedRequest } from './policies/operation-policies.ts';
import type { PolicyContext } from './policies/policy.ts';
import { withRenewal } from './sign-in/with-renewal.ts';
import { forwardSoap } from './soap/forward-soap.ts';
import type { PreparedRequest } from './transfer/connector-call.ts';
import { transmit } from './transmit.ts';
import { readWhole, wholeAnswer } from './whole-body.ts';

/** A caller's raw request to a connector, passed on as it is but for the credential. */
export type ForwardedRequest = {
  readonly method: string;
  /** Below the base path, as it was encoded by the caller. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly body?: Readable | Uint8Array;
  /** The path by which the operation is known, where the request has another: a further page of what was asked there. */
  readonly operationPath?: string;
};

/** Belong to the caller and this platform, not to the API; the last ones are how proxies name who called. */
const callerHeaders = new Set([
  'authorization',
  'cookie',
  'x-csrf-token',
  'origin',
  'referer',
  'forwarded',
  'via',
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'accept-encoding',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
]);

/** The operation that a method and a path belong to, with the address that the path stands below. */
export type FindCallable = (method: string, path: string) => Callable | undefined;

/**
 * Sends a raw request of one of the connector's operations and answers as the API does. Both bodies are streamed, but where a policy
 * looks into one.
 */
export async function forwardRequest(
  find: FindCallable,
  request: ForwardedRequest,
  options: CallOptions,
): Promise<EgressResponse> {
  try {
    return await forward(find, request, options);
  } catch (error) {
    throw tellPathRefused(error, options.onPathRefused);
  }
}

async function forward(find: FindCallable, request: ForwardedRequest, options: CallOptions): Promise<EgressResponse> {
  const { operation, plain } = targetOf(find, request);
  if (operation.model.soap !== undefined) return forwardSoap(operation, request.body, plain.headers, options);
  const repeatable = await holdShort(request, options);
  const { response, context } = await withRenewal(
    options,
    { rules: operation.expiryRules, isRepeatable: !(repeatable.body instanceof Readable) },
    async (current) => {
      const prepared = await prepareForwarded(operation, repeatable, plain, current);
      const { request: ready, credentialHeaders } = prepared;
      const response = await transmit({ ...ready, credentialHeaders, redirect: 'manual' }, current);
      return { response, context: prepared.context };
    },
  );
  return applyToAnswer(operation, response, context);
}

/** A raw request's operation, and the request before credential and policies. Throws `ConnectorError` for a path that is not the connector's. */
export function targetOf(
  find: FindCallable,
  { method, path, query, headers, operationPath }: ForwardedRequest,
): { readonly operation: Callable; readonly plain: Unauthenticated } {
  if (!path.startsWith('/') || escapesPath(path)) {
    throw new ConnectorError(
      'path-escapes',
      'The path must stay below the connector: it must not hold "." or "..", in any encoding.',
    );
  }
  const operation = find(method, operationPath ?? path);
  if (operation === undefined) {
    throw new ConnectorError('operation-not-found', `The connector has no operation ${method} ${path}.`);
  }
  const { baseUrl } = operation;
  if (baseUrl === '' && operation.model.soap === undefined) {
    throw new ConnectorError('host-missing', 'The definition names no host that can be called.');
  }
  const url = query === '' ? baseUrl + path : `${baseUrl}${path}?${query}`;
  return { operation, plain: { url, headers: forwardedHeaders(headers) } };
}

/** A raw request as it goes out. */
export type PreparedForward = PreparedRequest & { readonly context: PolicyContext | undefined };

/** authenticate → policies of a raw request. */
export async function prepareForwarded(
  operation: Callable,
  request: ForwardedRequest,
  plain: Unauthenticated,
  options: CallOptions,
): Promise<PreparedForward> {
  const authenticated = applyCredential(plain, options.credential);
  const policies = operation.policies();
  const { method, body } = request;
  if (policies === undefined) {
    const { url, headers, credentialHeaders } = authenticated;
    const ready = body === undefined ? { method, url, headers } : { method, url, headers, body };
    return { request: ready, credentialHeaders, context: undefined };
  }
  const policed = await applyPolicies(policies, request, authenticated, options);
  const { url, headers } = policed.request;
  const sent = policed.request.body ?? policed.streamed;
  return {
    request: { method: policed.request.method, url, headers, ...(sent !== undefined && { body: sent }) },
    credentialHeaders: credentialHeadersOf(headers, options.credential, authenticated.credentialHeaders),
    context: policed.context,
  };
}

/** As much of a body as is held so that its request can be repeated with a new token. */
const maxHeldBytes = 64 * 1024;

async function holdShort(request: ForwardedRequest, { renewCredential }: CallOptions): Promise<ForwardedRequest> {
  const { body, headers } = request;
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (renewCredential === undefined || !(body instanceof Readable) || !(length <= maxHeldBytes)) return request;
  return { ...request, body: await readWhole(body, 'policy-failed') };
}

type Policed = PolicedRequest & { readonly streamed: Readable | Uint8Array | undefined };

async function applyPolicies(
  policies: OperationPolicies,
  { method, body }: ForwardedRequest,
  { url, headers }: Authenticated,
  options: CallOptions,
): Promise<Policed> {
  const whole = policies.needsRequestBody && body !== undefined ? await readWhole(body, 'policy-failed') : undefined;
  const policed = await policies.request(
    { method, url, headers, ...(whole && { body: whole }) },
    options,
    observeNothing,
  );
  return { ...policed, streamed: whole === undefined ? body : undefined };
}

/** An answer that policies look into is read, changed and answered whole; another passes as it is. */
export async function applyToAnswer(
  operation: Callable,
  response: EgressResponse,
  context: PolicyContext | undefined,
): Promise<EgressResponse> {
  const policies = operation.policies();
  if (policies?.hasResponsePolicies !== true || context === undefined) return response;
  const contentType = response.headers['content-type'] ?? '';
  const bytes = await response.bytes();
  const before = { statusCode: response.status, headers: response.headers, body: parseAnswer(contentType, bytes) };
  const { statusCode, headers, body } = policies.response(before, context, observeNothing);
  const content = body === before.body ? bytes : new TextEncoder().encode(JSON.stringify(body));
  return wholeAnswer({ ...response, status: statusCode, headers }, content);
}

/** Whatever is no JSON is none of the policies' business. */
function parseAnswer(contentType: string, bytes: Uint8Array): JsonValue {
  try {
    return isJsonType(contentType) ? decodeBody(contentType, bytes) : null;
  } catch {
    return null;
  }
}

function forwardedHeaders(headers: ForwardedRequest['headers']): { readonly [name: string]: string } {
  const forwarded: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || callerHeaders.has(name) || name.startsWith('x-forwarded-') || name.startsWith('x-ms-'))
      continue;
    forwarded[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return forwarded;
}
