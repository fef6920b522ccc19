import { type Credential, secretsOf } from '@patchbay/credential';
import type { ConnectorModel, JsonObject, JsonValue, OperationModel } from '@patchbay/definition';
import type { BoundRequest, CallOptions, OperationResult } from '../contract.ts';
import { decodeBody } from '../decode-result.ts';
import { readAnswer, readRequest } from '../explain/message-json.ts';
import type { Observe } from '../explain/observe.ts';
import { transmit } from '../transmit.ts';
import { applyToRequest, applyToResponse } from './apply-policies.ts';
import { compilePolicies } from './compile-policies.ts';
import { type RequestMessage, type ResponseMessage, toBoundRequest, toRequestMessage } from './message.ts';
import { compilePathValues } from './path-values.ts';
import type { PolicyContext } from './policy.ts';

/** An authenticated request that policies have acted on, and what the answer's policies need to know of it. */
export type PolicedRequest = { readonly request: BoundRequest; readonly context: PolicyContext };

/** The policies of one operation, compiled when it is first called. */
export type OperationPolicies = {
  readonly hasResponsePolicies: boolean;
  /** What they are called, in the order in which they act. */
  readonly requestNames: readonly string[];
  readonly responseNames: readonly string[];
  /** Whether a policy looks into the request's body, so that it must be there whole. */
  readonly needsRequestBody: boolean;
  /** The request is authenticated already: policies see and may replace what the credential put there, as in the ecosystem. */
  readonly request: (request: BoundRequest, options: CallOptions, observe: Observe) => Promise<PolicedRequest>;
  /** With `startAt`, that policy's answer is the observer's, and those before it do not act. */
  readonly response: (
    result: OperationResult,
    context: PolicyContext,
    observe: Observe,
    startAt?: number,
  ) => OperationResult;
};

/** Compiles what acts on an operation; undefined when nothing does. */
export function compileOperationPolicies(
  model: ConnectorModel,
  operation: OperationModel,
  baseUrl: string,
): OperationPolicies | undefined {
  const policies = compilePolicies(model, operation);
  if (policies === undefined) return undefined;
  const pathValuesOf = compilePathValues(operation.path.split('?', 1)[0] ?? '');
  const base = operation.serverUrl ?? baseUrl;
  return {
    hasResponsePolicies: policies.response.length > 0,
    requestNames: policies.request.map(({ name }) => name),
    responseNames: policies.response.map(({ name }) => name),
    needsRequestBody: policies.needsRequestBody,
    request: async (request, options, observe) => {
      const original = toRequestMessage(request, base, policies.needsRequestBody);
      const context = contextOf(original, pathValuesOf(original.path), options);
      const needsBody = policies.needsRequestBody;
      const message = await applyToRequest(policies.request, original, context, (name, before, after) => {
        const edited = observe('policy', shown(before), after && shown(after), name);
        return edited === undefined ? undefined : toRequestMessage(readEdited(edited, before), base, needsBody);
      });
      return { request: toBoundRequest(message, original), context: { ...context, request: message } };
    },
    response: ({ statusCode, headers, body }, context, observe, startAt) => {
      const message: ResponseMessage = { statusCode, headers, body };
      const seen = (name: string, before?: ResponseMessage, after?: ResponseMessage): ResponseMessage | undefined => {
        const edited = observe(
          'policy',
          () => (before === undefined ? null : { ...before }),
          after && (() => ({ ...after })),
          name,
        );
        return edited === undefined ? undefined : readAnswer(edited);
      };
      return applyToResponse(policies.response, message, context, seen, startAt);
    },
  };
}

function shown(message: RequestMessage | undefined): () => JsonValue {
  return () => (message === undefined ? null : describeRequest(message));
}

/** A JSON body is shown as its value where a policy looks into it, and written so. */
function readEdited(edited: JsonValue, before: RequestMessage | undefined): BoundRequest {
  const request = readRequest(edited);
  const written = before?.body === undefined ? undefined : (edited as JsonObject)['body'];
  return written === undefined ? request : { ...request, body: JSON.stringify(written) };
}

function contextOf(
  original: RequestMessage,
  pathValues: ReadonlyMap<string, string>,
  options: CallOptions,
): Omit<PolicyContext, 'request'> {
  return {
    originalMethod: original.method,
    pathValues,
    connectionParameters: (options.connectionParameters ?? {}) as JsonObject,
    send: (message) => sendForPolicy(message, options),
    ...(options.runtimeUrl !== undefined && { runtimeUrl: options.runtimeUrl }),
    ...(options.onUnauthenticated !== undefined && { onUnauthenticated: options.onUnauthenticated }),
  };
}

async function sendForPolicy(message: RequestMessage, options: CallOptions): Promise<ResponseMessage> {
  const { method, url, headers } = toBoundRequest(message, message);
  const credentialHeaders = credentialHeadersOf(headers, options.credential, []);
  const response = await transmit({ method, url, headers, credentialHeaders }, options);
  const body = decodeBody(response.headers['content-type'] ?? '', await response.bytes());
  return { statusCode: response.status, headers: response.headers, body };
}

const sensitive = /authorization|cookie|token|secret|key|password|credential/i;

/** Headers that must not follow a redirect to another origin: the credential's own, and what policies make of secrets. */
export function credentialHeadersOf(
  headers: { readonly [name: string]: string },
  credential: Credential,
  own: readonly string[],
): readonly string[] {
  const secrets = secretsOf(credential).filter((secret) => secret.length >= 4);
  const names = [...own];
  for (const name in headers) {
    if (names.includes(name)) continue;
    const value = headers[name] ?? '';
    if (sensitive.test(name) || secrets.some((secret) => value.includes(secret))) names.push(name);
  }
  return names;
}

function describeRequest(message: RequestMessage): JsonObject {
  const { method, url, headers, body } = toBoundRequest(message, message);
  if (message.body !== undefined) return { method, url, headers, body: message.body };
  if (body === undefined) return { method, url, headers };
  const shown = typeof body === 'string' ? body : { $content: Buffer.from(body).toString('base64') };
  return { method, url, headers, body: shown };
}
