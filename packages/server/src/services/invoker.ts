import { ConnectorError } from '@patchbay/connector';
import type { JsonValue } from '@patchbay/definition';
import type { Egress } from '@patchbay/egress';
import { contentToValue, toText, type Value, valueToContent } from '@patchbay/expression';
import {
  type Invocation,
  type InvocationContext,
  InvocationError,
  type InvocationResult,
  type Invoker,
} from '@patchbay/workflow';
import type { ConnectionService, OpenConnection } from './connection-service.ts';
import type { ConnectorService } from './connector-service.ts';
import type { EnvironmentService } from './environment-service.ts';
import { sendHttpInvocation } from './http-invocation.ts';
import { toInvocationError } from './invocation-failure.ts';

/** Methods whose repetition does no more than the first (RFC 9110 §9.2.1). */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Makes the calls of flows: through connections, and the HTTP action's own. */
export class PlatformInvoker implements Invoker {
  readonly #connections: ConnectionService;
  readonly #environments: EnvironmentService;
  readonly #egress: Egress;
  readonly #connectors: ConnectorService;
  readonly #callTimeoutMs: number;

  constructor(options: {
    readonly connections: ConnectionService;
    readonly connectors: ConnectorService;
    readonly environments: EnvironmentService;
    readonly egress: Egress;
    readonly callTimeoutMs: number;
  }) {
    this.#connections = options.connections;
    this.#connectors = options.connectors;
    this.#callTimeoutMs = options.callTimeoutMs;
    this.#environments = options.environments;
    this.#egress = options.egress;
  }

  async invoke(invocation: Invocation, given: InvocationContext): Promise<InvocationResult> {
    const context = { ...given, timeoutMs: Math.min(given.timeoutMs, this.#callTimeoutMs) };
    try {
      switch (invocation.kind) {
        case 'operation':
          return await this.#callOperation(invocation, context);
        case 'connection-request':
          return await this.#forward(invocation, context);
        case 'http':
          return await sendHttpInvocation(invocation, context, {
            egress: this.#egress,
            networkRules: await this.#environments.networkRules(context.environmentId),
            headers: idempotencyHeaders(this.effect(invocation), context),
          });
      }
    } catch (error) {
      throw toInvocationError(error);
    }
  }

  effect(invocation: Invocation): 'safe' | 'unsafe' {
    const method =
      invocation.kind === 'operation'
        ? this.#connectors.methodOf(invocation.connection.connectorName, invocation.operationId)
        : invocation.method.toUpperCase();
    return method !== undefined && safeMethods.has(method) ? 'safe' : 'unsafe';
  }

  async #callOperation(
    invocation: Extract<Invocation, { kind: 'operation' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    const { connector, options } = await this.#open(invocation.connection, context);
    const operation = connector.operation(invocation.operationId);
    const effect = safeMethods.has(operation.model.method.toUpperCase()) ? 'safe' : 'unsafe';
    return operation.call(toJsonObject(invocation.parameters), {
      ...options,
      timeoutMs: context.timeoutMs,
      signal: context.signal,
      headers: idempotencyHeaders(effect, context),
    });
  }

  async #forward(
    invocation: Extract<Invocation, { kind: 'connection-request' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    const { connector, options } = await this.#open(invocation.connection, context);
    const [path = '/', query = ''] = invocation.path.split(/\?(.*)/s);
    const queries = new URLSearchParams(query);
    for (const [name, value] of Object.entries(invocation.queries))
      if (value !== null) queries.append(name, toText(value));
    const headers = lowerCaseHeaders(invocation.headers);
    const content =
      invocation.body === undefined ? undefined : valueToContent(invocation.body, headers['content-type']);
    const response = await connector.forward(
      {
        method: invocation.method.toUpperCase(),
        path: path.startsWith('/') ? path : `/${path}`,
        query: queries.toString(),
        headers: {
          ...idempotencyHeaders(this.effect(invocation), context),
          ...headers,
          ...(content !== undefined && { 'content-type': content.contentType }),
        },
        ...(content !== undefined && { body: content.bytes }),
      },
      { ...options, timeoutMs: context.timeoutMs, signal: context.signal },
    );
    const bytes = await response.bytes();
    return {
      statusCode: response.status,
      headers: response.headers,
      body: readAnswer(response.status, response.headers['content-type'] ?? '', bytes),
    };
  }

  async #open(
    reference: Extract<Invocation, { kind: 'operation' }>['connection'],
    context: InvocationContext,
  ): Promise<OpenConnection> {
    if (reference.connectionName === '') {
      throw new InvocationError(
        'ConnectionNotChosen',
        `The flow has no connection for ${reference.connectorName}. Choose one and deploy the flow again.`,
      );
    }
    const open = await this.#connections.open(reference.connectionName);
    // A flow uses the connections of its own environment and no other's.
    if (open.connection.environmentId === context.environmentId) return open;
    throw new InvocationError(
      'ConnectionNotFound',
      `There is no connection "${reference.connectionName}" in this environment.`,
    );
  }
}

function readAnswer(status: number, contentType: string, bytes: Uint8Array): Value {
  try {
    return contentToValue(contentType, bytes);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (status >= 400) return new TextDecoder().decode(bytes);
    throw new ConnectorError('response-not-json', `The API answered ${status} with ${contentType} that is not JSON.`, {
      cause: error,
    });
  }
}

/** An API that knows the key does not act twice when a call is repeated after a crash or a time-out. */
function idempotencyHeaders(
  effect: 'safe' | 'unsafe',
  context: InvocationContext,
): { readonly [name: string]: string } {
  return effect === 'safe' ? {} : { 'idempotency-key': context.idempotencyKey };
}

function lowerCaseHeaders(headers: { readonly [name: string]: Value }): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [[name.toLowerCase(), toText(value)] as const],
    ),
  );
}

function toJsonObject(values: { readonly [name: string]: Value }): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toJson(value)]));
}

/** A value of the expression language as plain JSON; an integer that a number cannot hold keeps its digits, as text. */
function toJson(value: Value): JsonValue {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Value) => toJson(item));
  if ('isReal' in value && value.isReal === true) return (value as { readonly number: number }).number;
  return toJsonObject(value as { readonly [name: string]: Value });
}
