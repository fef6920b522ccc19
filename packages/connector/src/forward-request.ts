import { Readable } from 'node:stream';
import { type Authenticated, applyCredential, type Unauthenticated } from '@patchbay/credential';
import type { JsonValue } from '@patchbay/definition';
import type { EgressResponse } from '@patchbay/egress';
import type { Callable } from './call-operation.ts';
import type { CallOptions } from './contract.ts';
import { decodeBody } from './decode-result.ts';
import { ConnectorError, tellPathRefused } from './errors.ts';
import { isJsonType } from './json-text.ts';
import { escapesPath } from './path-template.ts';
import { credentialHeadersOf, type OperationPolicies, type PolicedRequest } from './policies/operation-policies.ts';
import type { PolicyContext } from './policies/policy.ts';
import { withRenewal } from './sign-in/with-renewal.ts';
import { forwardSoap } from './soap/forward-soap.ts';
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
  const { method, path, query } = request;
  if (!path.startsWith('/') || escapesPath(path)) {
    throw new ConnectorError(
      'path-escapes',
      'The path must stay below the connector: it must not hold "." or "..", in any encoding.',
    );
  }
  const operation = find(method, request.operationPath ?? path);
  if (operation === undefined) {
    throw new ConnectorError('operation-not-found', `The connector has no operation ${method} ${path}.`);
  }
  if (operation.model.soap !== undefined) {
    return forwardSoap(operation, request.body, forwardedHeaders(request.headers), options);
  }
  const { baseUrl } = operation;
  if (baseUrl === '') throw new ConnectorError('host-missing', 'The definition names no host that can be called.');
  const url = query === '' ? baseUrl + path : `${baseUrl}${path}?${query}`;
  const headers = forwardedHeaders(request.headers);
  const repeatable = await holdShort(request, options);
  const { response, policies, context } = await withRenewal(
    options,
    { rules: operation.expiryRules, isRepeatable: !(repeatable.body instanceof Readable) },
    (current) => forwardOnce(operation, repeatable, { url, headers }, current),
  );
  if (policies?.hasResponsePolicies !== true || context === undefined) return response;
  return applyToAnswer(policies, response, context);
}

async function forwardOnce(
  operation: Callable,
  request: ForwardedRequest,
  unauthenticated: Unauthenticated,
  options: CallOptions,
) {
  const authenticated = applyCredential(unauthenticated, options.credential);
  const policies = operation.policies();
  const policed = policies && (await applyPolicies(policies, request, authenticated, options));
  const body = policed === undefined ? request.body : (policed.request.body ?? policed.streamed);
  const sent =
    policed === undefined
      ? { ...authenticated, method: request.method }
      : policedRequest(policed, authenticated, options);
  const response = await transmit({ ...sent, redirect: 'manual', ...(body !== undefined && { body }) }, options);
  return { response, policies, context: policed?.context };
}

function policedRequest({ request }: Policed, { credentialHeaders }: Authenticated, { credential }: CallOptions) {
  const { method, url, headers } = request;
  return { method, url, headers, credentialHeaders: credentialHeadersOf(headers, credential, credentialHeaders) };
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
    () => undefined,
  );
  return { ...policed, streamed: whole === undefined ? body : undefined };
}

/** An answer that policies look into is read, changed and answered whole. */
async function applyToAnswer(
  policies: OperationPolicies,
  response: EgressResponse,
  context: PolicyContext,
): Promise<EgressResponse> {
  const contentType = response.headers['content-type'] ?? '';
  const bytes = await response.bytes();
  const before = { statusCode: response.status, headers: response.headers, body: parseAnswer(contentType, bytes) };
  const { statusCode, headers, body } = policies.response(before, context, () => undefined);
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
