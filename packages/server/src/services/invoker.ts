import {
  type CallOptions,
  pollConnectionAction,
  readParameterValues,
  type SubscriptionState,
  sendConnectionAction,
  subscribeTrigger,
  unsubscribeTrigger,
} from '@patchbay/connector';
import { ClientTokens } from '@patchbay/credential';
import type { JsonValue } from '@patchbay/definition';
import type { Egress } from '@patchbay/egress';
import type { ConnectorInvocation, Invocation, InvocationContext, InvocationResult, Invoker } from '@patchbay/workflow';
import { callbackAddressId } from './callback-service.ts';
import type { ConnectionService } from './connection-service.ts';
import type { ConnectorService } from './connector-service.ts';
import type { EnvironmentService } from './environment-service.ts';
import { openFlowConnection } from './flow-connection.ts';
import { sendHttpInvocation } from './http-invocation.ts';
import { toInvocationError } from './invocation-failure.ts';
import type { NotificationAddresses } from './notification-addresses.ts';

/** Methods whose repetition does no more than the first (RFC 9110 §9.2.1). */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Makes the calls of flows: through connections, and the HTTP action's own. */
export class PlatformInvoker implements Invoker {
  readonly #connections: ConnectionService;
  readonly #environments: EnvironmentService;
  readonly #egress: Egress;
  readonly #connectors: ConnectorService;
  readonly #addresses: NotificationAddresses;
  readonly #callTimeoutMs: number;
  readonly #tokens = new ClientTokens();

  constructor(options: {
    readonly connections: ConnectionService;
    readonly connectors: ConnectorService;
    readonly environments: EnvironmentService;
    readonly egress: Egress;
    readonly addresses: NotificationAddresses;
    readonly callTimeoutMs: number;
  }) {
    this.#connections = options.connections;
    this.#connectors = options.connectors;
    this.#addresses = options.addresses;
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
        case 'poll':
          return await this.#poll(invocation, context);
        case 'subscribe':
          return await this.#subscribe(invocation, context);
        case 'unsubscribe':
          return await this.#unsubscribe(invocation, context);
        case 'http':
          return await sendHttpInvocation(invocation, context, {
            egress: this.#egress,
            networkRules: await this.#environments.networkRules(context.environmentId),
            headers: idempotencyHeaders(this.effect(invocation), context),
            tokens: this.#tokens,
          });
      }
    } catch (error) {
      throw toInvocationError(error);
    }
  }

  effect(invocation: Invocation): 'safe' | 'unsafe' {
    if (invocation.kind === 'poll') return 'safe';
    if (invocation.kind === 'subscribe' || invocation.kind === 'unsubscribe') return 'unsafe';
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
    const { connector, options } = await openFlowConnection(
      this.#connections,
      invocation.connection,
      context.environmentId,
    );
    const operation = connector.operation(invocation.operationId);
    const effect = safeMethods.has(operation.model.method.toUpperCase()) ? 'safe' : 'unsafe';
    return operation.call(readParameterValues(invocation.parameters), {
      ...options,
      ...callOptions(invocation, context),
      headers: idempotencyHeaders(effect, context),
    });
  }

  async #subscribe(
    { connection, call, callbackUrl }: Extract<Invocation, { kind: 'subscribe' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    const { connector, model, options } = await openFlowConnection(
      this.#connections,
      connection,
      context.environmentId,
    );
    const secret = await this.#addresses.secretFor(context.flowId, callbackAddressId(context));
    const { answer, state } = await subscribeTrigger(
      connector,
      call,
      { callbackUrl, secret, isLinked: false, model },
      {
        ...options,
        ...limitsOf(context),
        headers: idempotencyHeaders('unsafe', context),
      },
    );
    const { statusCode, headers, body } = answer;
    return { statusCode, headers, body, subscription: state as JsonValue };
  }

  async #unsubscribe(
    { connection, subscription }: Extract<Invocation, { kind: 'unsubscribe' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    await this.#addresses.forget(callbackAddressId(context));
    const { connector, options } = await openFlowConnection(this.#connections, connection, context.environmentId);
    // Written by `subscribe`.
    const state = (subscription ?? {}) as SubscriptionState;
    const answer = await unsubscribeTrigger(connector, state, { ...options, ...limitsOf(context) });
    // The API has not said where to give it back, so there is nobody to tell.
    if (answer === undefined) return { statusCode: 204, headers: {}, body: null };
    const { statusCode, headers, body } = answer;
    return { statusCode, headers, body };
  }

  async #forward(
    invocation: Extract<Invocation, { kind: 'connection-request' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    const { connector, options } = await openFlowConnection(
      this.#connections,
      invocation.connection,
      context.environmentId,
    );
    return sendConnectionAction(connector, invocation, {
      ...options,
      ...callOptions(invocation, context),
      headers: idempotencyHeaders(this.effect(invocation), context),
    });
  }

  async #poll(
    { of: asked, location }: Extract<Invocation, { kind: 'poll' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    const { connector, options } = await openFlowConnection(this.#connections, asked.connection, context.environmentId);
    const polling = { ...options, ...callOptions(asked, context) };
    if (asked.kind === 'connection-request') return pollConnectionAction(connector, asked, location, polling);
    const operation = connector.operation(asked.operationId);
    return operation.poll(readParameterValues(asked.parameters), location, polling);
  }
}

/** What a flow's call asks of its connector. The engine sleeps between the polls of a 202 itself, over restarts too. */
function callOptions(
  { minimumItemCount, contentTransfer }: ConnectorInvocation,
  context: InvocationContext,
): Partial<CallOptions> {
  return {
    ...limitsOf(context),
    disableAsyncPattern: true,
    ...(minimumItemCount !== undefined && { minimumItemCount }),
    ...(contentTransfer !== undefined && { contentTransfer }),
  };
}

function limitsOf({
  timeoutMs,
  signal,
  maySend,
}: InvocationContext): Pick<CallOptions, 'timeoutMs' | 'signal' | 'maySend'> {
  return { timeoutMs, signal, ...(maySend !== undefined && { maySend }) };
}

/** An API that knows the key does not act twice when a call is repeated after a crash or a time-out. */
function idempotencyHeaders(
  effect: 'safe' | 'unsafe',
  context: InvocationContext,
): { readonly [name: string]: string } {
  return effect === 'safe' ? {} : { 'idempotency-key': context.idempotencyKey };
}
