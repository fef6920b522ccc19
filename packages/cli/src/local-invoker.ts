import {
  type CallOptions,
  ConnectorError,
  pollConnectionAction,
  readParameterValues,
  sendConnectionAction,
  sendHttpAction,
} from '@patchbay/connector';
import { ClientTokens, CredentialError } from '@patchbay/credential';
import { type Egress, EgressError } from '@patchbay/egress';
import { contentToValue, toText, valueToContent } from '@patchbay/expression';
import {
  type ConnectorInvocation,
  type Invocation,
  type InvocationContext,
  InvocationError,
  type InvocationResult,
  type Invoker,
  trackingHeaders,
} from '@patchbay/workflow';
import type { GivenConnection } from './connections-argument.ts';
import { networkRules } from './outbound.ts';
import { ServerError } from './server/server-error.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** Methods whose repetition does no more than the first (RFC 9110 §9.2.1). */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** The time of one request: a call that goes in chunks makes many. */
const requestTimeoutMs = 120_000;

/** Failures of the way, not of the request: another try may find it open. */
const retryableCodes = new Set([
  'name-not-found',
  'connection-refused',
  'connection-reset',
  'timed-out',
  'tls-failed',
  'protocol-violated',
  'failed',
  'token-unavailable',
]);

type OperationInvocation = Extract<Invocation, { kind: 'operation' }>;
type RequestInvocation = Extract<Invocation, { kind: 'connection-request' }>;
type ServerConnection = Extract<GivenConnection, { kind: 'server' }>;

/** Makes the calls of a flow that runs on this machine; says on standard error what has to be tried again. */
export class LocalInvoker implements Invoker {
  readonly #terminal: Terminal;
  readonly #egress: Egress;
  readonly #connections: ReadonlyMap<string, GivenConnection>;
  readonly #tokens = new ClientTokens();

  constructor(terminal: Terminal, egress: Egress, connections: ReadonlyMap<string, GivenConnection>) {
    this.#terminal = terminal;
    this.#egress = egress;
    this.#connections = connections;
  }

  effect(invocation: Invocation): 'safe' | 'unsafe' {
    if (invocation.kind === 'poll') return 'safe';
    if (invocation.kind === 'subscribe' || invocation.kind === 'unsubscribe') return 'unsafe';
    const method = invocation.kind === 'operation' ? this.#methodOf(invocation) : invocation.method.toUpperCase();
    return method !== undefined && safeMethods.has(method) ? 'safe' : 'unsafe';
  }

  async invoke(invocation: Invocation, context: InvocationContext): Promise<InvocationResult> {
    try {
      return await this.#make(invocation, context);
    } catch (error) {
      const failure = toInvocationError(error);
      if (failure.retryable) {
        this.#terminal.err(`${context.action}: attempt ${context.attempt} failed: ${failure.message}\n`);
      }
      throw failure;
    }
  }

  #make(invocation: Invocation, context: InvocationContext): Promise<InvocationResult> {
    switch (invocation.kind) {
      case 'http':
        return sendHttpAction(invocation, {
          egress: this.#egress,
          networkRules,
          headers: {
            ...(invocation.isUntracked === true ? {} : trackingHeaders(context)),
            ...this.#idempotencyHeaders(invocation, context),
          },
          tokens: this.#tokens,
          timeoutMs: Math.min(context.timeoutMs, requestTimeoutMs),
          signal: context.signal,
        });
      case 'operation':
        return this.#callOperation(invocation, context);
      case 'connection-request':
        return this.#forward(invocation, context);
      case 'poll':
        return this.#poll(invocation, context);
      case 'subscribe':
      case 'unsubscribe':
        throw new InvocationError('CallbackUnavailable', `Nobody can call the action ${context.action} back here.`);
    }
  }

  async #callOperation(invocation: OperationInvocation, context: InvocationContext): Promise<InvocationResult> {
    const given = this.#find(invocation, context);
    const parameters = readParameterValues(invocation.parameters);
    if (given.kind === 'files') {
      const operation = given.connector.operation(invocation.operationId);
      return operation.call(parameters, this.#options(given, invocation, context));
    }
    const { client, connection } = given;
    const path = `/api/connections/${encodeURIComponent(connection)}/operations/${encodeURIComponent(invocation.operationId)}/call`;
    // The server's answer has the shape of a result: its route says so.
    const { minimumItemCount, contentTransfer } = invocation;
    const body = {
      parameters,
      ...(minimumItemCount !== undefined && { minimumItemCount }),
      ...(contentTransfer !== undefined && { contentTransfer }),
    };
    return (await client.send('POST', path, body)) as unknown as InvocationResult;
  }

  async #forward(invocation: RequestInvocation, context: InvocationContext): Promise<InvocationResult> {
    const given = this.#find(invocation, context);
    if (given.kind === 'server') return forwardThroughServer(given, invocation, context);
    return sendConnectionAction(given.connector, invocation, this.#options(given, invocation, context));
  }

  async #poll(
    { of: asked, location }: Extract<Invocation, { kind: 'poll' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    const given = this.#find(asked, context);
    if (given.kind === 'server') {
      throw new InvocationError(
        'AnswerPending',
        `The API has taken on what ${context.action} asked and answers later, which a flow on this machine cannot wait for through a server. Deploy the flow, or give the connector's folder with --connections.`,
      );
    }
    const options = this.#options(given, asked, context);
    if (asked.kind === 'connection-request') return pollConnectionAction(given.connector, asked, location, options);
    const operation = given.connector.operation(asked.operationId);
    return operation.poll(readParameterValues(asked.parameters), location, options);
  }

  #options(
    given: Extract<GivenConnection, { kind: 'files' }>,
    invocation: ConnectorInvocation,
    context: InvocationContext,
  ): CallOptions {
    const { minimumItemCount, contentTransfer } = invocation;
    return {
      credential: given.credential,
      connectionParameters: given.values,
      egress: this.#egress,
      networkRules,
      headers: this.#idempotencyHeaders(invocation, context),
      timeoutMs: Math.min(context.timeoutMs, requestTimeoutMs),
      signal: context.signal,
      // The engine asks for the answer of a 202 itself.
      disableAsyncPattern: true,
      ...(minimumItemCount !== undefined && { minimumItemCount }),
      ...(contentTransfer !== undefined && { contentTransfer }),
    };
  }

  /** As the platform sends it: an API that knows the key does not act twice. */
  #idempotencyHeaders(invocation: Invocation, context: InvocationContext): { readonly [name: string]: string } {
    return this.effect(invocation) === 'safe' ? {} : { 'idempotency-key': context.idempotencyKey };
  }

  #methodOf({ connection, operationId }: OperationInvocation): string | undefined {
    const given = this.#connections.get(connection.referenceName.toLowerCase());
    if (given?.kind !== 'files') return undefined;
    return given.connector.operations.find((operation) => operation.operationId === operationId)?.method.toUpperCase();
  }

  #find({ connection }: OperationInvocation | RequestInvocation, { action }: InvocationContext): GivenConnection {
    const name = connection.referenceName;
    const given = this.#connections.get(name.toLowerCase());
    if (given !== undefined) return given;
    throw new InvocationError(
      'ConnectionNotGiven',
      `The action ${action} uses the connection "${name}". Give it with --connections '{"${name}": {"connector": "<dir>"}}', or a result with --mock.`,
    );
  }
}

/** Passes an ApiConnection call on through the server's runtime surface, which knows the connection's secrets. */
async function forwardThroughServer(
  { client, connector, connection }: ServerConnection,
  invocation: RequestInvocation,
  context: InvocationContext,
): Promise<InvocationResult> {
  const [path = '/', query = ''] = invocation.path.split(/\?(.*)/s);
  const queries = new URLSearchParams(query);
  for (const [name, value] of Object.entries(invocation.queries))
    if (value !== null) queries.append(name, toText(value));
  const headers = Object.fromEntries(
    Object.entries(invocation.headers).flatMap(([name, value]) =>
      value === null ? [] : [[name.toLowerCase(), toText(value)] as const],
    ),
  );
  const content = invocation.body === undefined ? undefined : valueToContent(invocation.body, headers['content-type']);
  const below = path.startsWith('/') ? path : `/${path}`;
  const response = await client.exchange({
    method: invocation.method.toUpperCase(),
    path: `/apim/${connector.replace(/^shared_/, '')}/${connection}${below}${queries.size === 0 ? '' : `?${queries}`}`,
    headers: { ...headers, ...(content !== undefined && { 'content-type': content.contentType }) },
    ...(content !== undefined && { body: content.bytes }),
    redirect: 'manual',
    timeoutMs: context.timeoutMs,
    signal: context.signal,
  });
  const body = contentToValue(response.headers['content-type'] ?? '', await response.bytes());
  return { statusCode: response.status, headers: response.headers, body };
}

/** Codes as the platform's run history has them: `connection-refused` → `ConnectionRefused`. */
function toInvocationError(error: unknown): InvocationError {
  if (error instanceof InvocationError) return error;
  if (error instanceof ServerError) {
    const retryable = error.status === 502 || error.status === 503 || error.status === 504;
    return new InvocationError(error.code, error.detail, { retryable, cause: error });
  }
  const isWay = error instanceof EgressError || error instanceof ConnectorError || error instanceof CredentialError;
  const own = error instanceof ConnectorError && error.code === 'transport-failed' ? error.evidence : undefined;
  const code = own ?? (isWay ? error.code : error instanceof CommandError ? 'server-failed' : 'failed');
  const name = code.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
  return new InvocationError(name, error instanceof Error ? error.message : String(error), {
    retryable: isWay && retryableCodes.has(code),
    cause: error,
  });
}
