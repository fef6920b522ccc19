import { type Connector, ConnectorError, compile } from '@patchbay/connector';
import type { Credential } from '@patchbay/credential';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import { type Invocation, text } from './command.ts';
import { loadConnector } from './files/read-description.ts';
import { localCredential } from './local-credential.ts';
import { chooseNamed } from './server/choose-named.ts';
import { listConnections } from './server/list-connections.ts';
import type { ServerClient } from './server/server-client.ts';
import { CommandError } from './terminal.ts';

/** What a connection reference stands for: a connector's files with values, or a connection of the server. */
export type GivenConnection =
  | {
      readonly kind: 'files';
      readonly connector: Connector;
      readonly credential: Credential;
      readonly values: JsonObject;
    }
  | { readonly kind: 'server'; readonly client: ServerClient; readonly connection: string; readonly connector: string };

/**
 * Reads `--connections`: by reference name, a connector's folder with values, or the name of a connection on the server, which must be
 * there. Names are kept in lower case, as definitions take them in any.
 */
export async function readConnections(
  invocation: Invocation,
  given: JsonObject,
): Promise<ReadonlyMap<string, GivenConnection>> {
  const connections = new Map<string, GivenConnection>();
  for (const [name, value] of Object.entries(given)) {
    connections.set(name.toLowerCase(), await readConnection(invocation, name, value));
  }
  return connections;
}

async function readConnection(invocation: Invocation, name: string, value: JsonValue): Promise<GivenConnection> {
  const { connector, connection, parameters } = isObject(value) ? value : {};
  if (typeof connection === 'string') return findOnServer(invocation, connection);
  if (typeof connector !== 'string') {
    throw new CommandError(
      2,
      `--connections: "${name}" needs a "connector" (a folder) or a "connection" (a name on the server).`,
    );
  }
  if (parameters !== undefined && !isObject(parameters)) {
    throw new CommandError(2, `--connections: the "parameters" of "${name}" must be an object.`);
  }
  const model = await loadConnector(invocation, connector);
  const values = parameters ?? {};
  try {
    const credential = await localCredential(model, values, { egress: invocation.egress, send: true });
    return { kind: 'files', connector: compile(model), credential, values };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    throw new CommandError(2, `--connections: "${name}": ${error.message}`, { cause: error });
  }
}

/** The connection of the server that a name means, in the environment that the command is about. */
export async function findOnServer(
  invocation: Invocation,
  connection: string,
): Promise<Extract<GivenConnection, { readonly kind: 'server' }>> {
  const client = await invocation.server();
  const listed = await listConnections(client, text(invocation, 'environment'));
  const { name, connector } = chooseNamed(client, 'connection', listed, connection);
  return { kind: 'server', client, connection: name, connector };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
