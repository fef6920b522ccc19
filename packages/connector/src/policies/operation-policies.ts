import { type Credential, secretsOf } from '@patchbay/credential';
import type { ConnectorModel, JsonObject, JsonValue, OperationModel } from '@patchbay/definition';
import type { BoundRequest, CallOptions, OperationResult, TraceStep } from '../contract.ts';
import { decodeBody } from '../decode-result.ts';
import { transmit } from '../transmit.ts';
import { applyToRequest, applyToResponse } from './apply-policies.ts';
import { compilePolicies } from './compile-policies.ts';
import { type RequestMessage, type ResponseMessage, toBoundRequest, toRequestMessage } from './message.ts';
import { compilePathValues } from './path-values.ts';
import type { PolicyContext } from './policy.ts';

/** Sees a step of a call, before and after; the values are built only when somebody looks. */
export type Observe = (step: TraceStep['step'], before: () => JsonValue, after: () => JsonValue, name?: string) => void;

/** An authenticated request that policies have acted on, and what the answer's policies need to know of it. */
export type PolicedRequest = { readonly request: BoundRequest; readonly context: PolicyContext };

/** The policies of one operation, compiled when it is first called. */
export type OperationPolicies = {
  readonly hasResponsePolicies: boolean;
  /** Whether a policy looks into the request's body, so that it must be there whole. */
  readonly needsRequestBody: boolean;
  /** The request is authenticated already: policies see and may replace what the credential put there, as in the ecosystem. */
  readonly request: (request: BoundRequest, options: CallOptions, observe: Observe) => Promise<PolicedRequest>;
  readonly response: (result: OperationResult, context: PolicyContext, observe: Observe) => OperationResult;
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
    needsRequestBody: policies.needsRequestBody,
    request: async (request, options, observe) => {
      const original = toRequestMessage(request, base, policies.needsRequestBody);
      const context = contextOf(original, pathValuesOf(original.path), options);
      const message = await applyToRequest(policies.request, original, context, (name, before, after) =>
        observe(
          'policy',
          () => describeRequest(before),
          () => describeRequest(after),
          name,
        ),
      );
      return { request: toBoundRequest(message, original), context: { ...context, request: message } };
    },
    response: ({ statusCode, headers, body }, context, observe) => {
      const message: ResponseMessage = { statusCode, headers, body };
      return applyToResponse(policies.response, message, context, (name, before, after) =>
        observe(
          'policy',
          () => ({ ...before }),
          () => ({ ...after }),
          name,
        ),
      );
    },
  };
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
  const carries = (name: string): boolean =>
    sensitive.test(name) || secrets.some((secret) => headers[name]?.includes(secret) === true);
  return [...new Set([...own, ...Object.keys(headers).filter(carries)])];
}

function describeRequest(message: RequestMessage): JsonObject {
  const { method, url, headers, body } = toBoundRequest(message, message);
  if (message.body !== undefined) return { method, url, headers, body: message.body };
  if (body === undefined) return { method, url, headers };
  const shown = typeof body === 'string' ? body : { $content: Buffer.from(body).toString('base64') };
  return { method, url, headers, body: shown };
}
