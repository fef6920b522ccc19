import { type ConnectorShape, shapeOf } from '@patchbay/connector';
import type { JsonObject } from '@patchbay/definition';
import type { Invocation } from './command.ts';
import { loadConnector } from './files/read-description.ts';
import { CommandError } from './terminal.ts';

/** The connectors that the command line gives for connection references. */
export type GivenConnectors = {
  readonly names: readonly string[];
  readonly find: (reference: string) => ConnectorShape | undefined;
};

/**
 * Reads the connectors of `--connections`, by reference in any case. Connections of a server are left out: only what is here is looked
 * into.
 */
export async function readConnectorShapes(invocation: Invocation, given: JsonObject): Promise<GivenConnectors> {
  const shapes = new Map<string, ConnectorShape>();
  for (const [name, value] of Object.entries(given)) {
    const { connector, connection } = typeof value === 'object' && value !== null ? (value as JsonObject) : {};
    if (typeof connector === 'string') {
      shapes.set(name.toLowerCase(), shapeOf(await loadConnector(invocation, connector)));
    } else if (typeof connection !== 'string') {
      throw new CommandError(2, `--connections: "${name}" needs a "connector" (a folder).`);
    }
  }
  return { names: Object.keys(given), find: (reference) => shapes.get(reference.toLowerCase()) };
}
