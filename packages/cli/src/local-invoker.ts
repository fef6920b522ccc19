import { type Connector, ConnectorError, compile, credentialFor, sendHttpAction } from '@patchbay/connector';
import type { Credential } from '@patchbay/credential';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import { EgressError } from '@patchbay/egress';
import { contentToValue, toJson, toText, type Value, valueToContent } from '@patchbay/expression';
import {
  type Invocation,
  type InvocationContext,
  InvocationError,
  type InvocationResult,
  type Invoker,
} from '@patchbay/workflow';
import type { Invocation as CommandInvocation } from './command.ts';
import { loadConnector } from './connector-files.ts';
import { networkRules } from './outbound.ts';
import { CommandError } from './terminal.ts';

/** What a connection reference stands for: a connector's files with values, or a connection of the server. */
export type LocalConnection =
  | {
      readonly kind: 'files';
      readonly connector: Connector;
      readonly credential: Credential;
      readonly values: JsonObject;
    }
  | { readonly kind: 'server'; readonly connection: string };

/** Reads `--connections`. */
export async function readConnections(
  command: CommandInvocation,
  given: JsonObject,
): Promise<ReadonlyMap<string, LocalConnection>> {
  const connections = new Map<string, LocalConnection>();
  for (const [name, value] of Object.entries(given)) {
    const { connector, connection, parameters } = (value ?? {}) as { readonly [name: string]: JsonValue };
    if (typeof connection === 'string') connections.set(name, { kind: 'server', connection });
    else if (typeof connector === 'string') {
      const model = await loadConnector(command.terminal, connector);
      const values = (parameters ?? {}) as JsonObject;
      connections.set(name, {
        kind: 'files',
        connector: compile(model),
        credential: credentialFor(model, values),
        values,
      });
    } else {
      throw new CommandError(
        2,
        `--connections: "${name}" needs a "connector" (a folder) or a "connection" (a name on the server).`,
      );
    }
  }
  return connections;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Makes the calls of a flow that runs on this machine. */
export class LocalInvoker implements Invoker {
  readonly #command: CommandInvocation;
  readonly #connections: ReadonlyMap<string, LocalConnection>;

  constructor(command: CommandInvocation, connections: ReadonlyMap<string, LocalConnection>) {
    this.#command = command;
    this.#connections = connections;
  }

  effect(invocation: Invocation): 'safe' | 'unsafe' {
    if (invocation.kind === 'operation') return 'unsafe';
    return safeMethods.has(invocation.method.toUpperCase()) ? 'safe' : 'unsafe';
  }

  async invoke(invocation: Invocation, context: InvocationContext): Promise<InvocationResult> {
    try {
      switch (invocation.kind) {
        case 'http':
          return await sendHttpAction(invocation, {
            egress: this.#command.egress,
            networkRules,
            timeoutMs: context.timeoutMs,
            signal: context.signal,
          });
        case 'operation':
          return await this.#callOperation(invocation, context);
        case 'connection-request':
          return await this.#forward(invocation, context);
      }
    } catch (error) {
      throw toInvocationError(error);
    }
  }

  async #callOperation(
    invocation: Extract<Invocation, { kind: 'operation' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    const connection = this.#find(invocation.connection.connectionName, context);
    const parameters = toJson(invocation.parameters) as JsonObject;
    if (connection.kind === 'server') {
      const client = await this.#command.server();
      const path = `/api/connections/${encodeURIComponent(connection.connection)}/operations/${encodeURIComponent(invocation.operationId)}/call`;
      return (await client.send('POST', path, { parameters })) as InvocationResult & JsonObject;
    }
    return connection.connector.operation(invocation.operationId).call(parameters, this.#options(connection, context));
  }

  async #forward(
    invocation: Extract<Invocation, { kind: 'connection-request' }>,
    context: InvocationContext,
  ): Promise<InvocationResult> {
    const connection = this.#find(invocation.connection.connectionName, context);
    if (connection.kind === 'server') {
      throw new InvocationError(
        'ConnectionNotLocal',
        'An ApiConnection action needs the connector’s files here: give {"connector": "<dir>"}.',
      );
    }
    const queries = new URLSearchParams(
      Object.entries(invocation.queries).map(([name, value]): [string, string] => [name, toText(value)]),
    );
    const headers = Object.fromEntries(
      Object.entries(invocation.headers).map(([name, value]) => [name.toLowerCase(), toText(value)]),
    );
    const content =
      invocation.body === undefined ? undefined : valueToContent(invocation.body, headers['content-type']);
    const response = await connection.connector.forward(
      {
        method: invocation.method.toUpperCase(),
        path: invocation.path,
        query: queries.toString(),
        headers: content === undefined ? headers : { ...headers, 'content-type': content.contentType },
        ...(content !== undefined && { body: content.bytes }),
      },
      this.#options(connection, context),
    );
    const body: Value = contentToValue(response.headers['content-type'] ?? '', await response.bytes());
    return { statusCode: response.status, headers: response.headers, body };
  }

  #options(connection: Extract<LocalConnection, { kind: 'files' }>, context: InvocationContext) {
    return {
      credential: connection.credential,
      connectionParameters: connection.values,
      egress: this.#command.egress,
      networkRules,
      timeoutMs: context.timeoutMs,
      signal: context.signal,
    };
  }

  #find(name: string, context: InvocationContext): LocalConnection {
    const connection = this.#connections.get(name);
    if (connection !== undefined) return connection;
    throw new InvocationError(
      'ConnectionNotGiven',
      `The action ${context.action} uses the connection "${name}". Give it with --connections '{"${name}": {"connector": "<dir>"}}', or a result with --mock.`,
    );
  }
}

function toInvocationError(error: unknown): InvocationError {
  if (error instanceof InvocationError) return error;
  const isTransport =
    error instanceof EgressError || (error instanceof ConnectorError && error.code === 'transport-failed');
  const code =
    error instanceof ConnectorError
      ? (error.evidence ?? error.code)
      : error instanceof EgressError
        ? error.code
        : 'Failed';
  return new InvocationError(code, error instanceof Error ? error.message : String(error), {
    retryable: isTransport,
    cause: error,
  });
}
