import type { JsonValue } from '@patchbay/expression';
import type { JsonObject } from '../plan/json.ts';
import { apiId } from './api-name.ts';
import type { ConnectionKind, FlowConnection } from './flow-document.ts';

type Connections = { readonly [reference: string]: FlowConnection };

/** As a flow package writes them. */
export function packageReferences(connections: Connections): JsonObject {
  return mapValues(connections, (one) => ({
    connectionName: lastSegment(one.connection),
    // Power Automate knows connections by their names; where there is more, it is kept.
    ...(hasMoreThanName(one) && { connectionId: one.connection }),
    source: one.source === 'invoker' ? 'Invoker' : 'Embedded',
    id: apiId(one.api),
    tier: 'NotSpecified',
    ...own(one, ['logicalName', 'kind']),
    ...one.further,
  }));
}

/** As a solution writes them. */
export function solutionReferences(connections: Connections): JsonObject {
  return mapValues(connections, (one) => ({
    runtimeSource: one.source,
    connection: {
      ...(one.logicalName !== undefined && { connectionReferenceLogicalName: one.logicalName }),
      ...(one.connection !== '' && (one.connection.includes('/') ? { id: one.connection } : { name: one.connection })),
    },
    api: one.api.includes('/') ? { id: one.api } : { name: one.api },
    ...own(one, ['kind']),
    ...one.further,
  }));
}

/** As the value of the parameter `$connections` of a Consumption resource. */
export function connectionsValue(connections: Connections): JsonObject {
  return mapValues(connections, (one) => ({
    connectionId: one.connection,
    connectionName: lastSegment(one.connection),
    id: apiId(one.api),
    ...own(one, ['logicalName', 'source', 'kind']),
    ...one.further,
  }));
}

/** As `connections.json` of a Standard project. */
export function connectionsFile(connections: Connections): JsonObject {
  const sections: { readonly [kind in ConnectionKind]: readonly [string, (one: FlowConnection) => JsonObject] } = {
    managedApi: [
      'managedApiConnections',
      (one) => ({ api: { id: apiId(one.api) }, connection: { id: one.connection } }),
    ],
    serviceProvider: ['serviceProviderConnections', (one) => ({ serviceProvider: { id: one.api } })],
    function: ['functionConnections', (one) => ({ function: { id: one.api } })],
    apiManagement: ['apiManagementConnections', (one) => ({ apiId: one.api })],
  };
  const written = new Map<string, (readonly [string, JsonValue])[]>();
  for (const [reference, one] of Object.entries(connections)) {
    const [name, write] = sections[one.kind];
    const entry = { ...write(one), ...own(one, ['logicalName', 'source']), ...one.further };
    written.set(name, [...(written.get(name) ?? []), [reference, entry]]);
  }
  return Object.fromEntries([...written].map(([name, entries]) => [name, Object.fromEntries(entries)]));
}

function hasMoreThanName({ connection, further }: FlowConnection): boolean {
  return connection.includes('/') || further['connectionName'] !== undefined;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What a form has no words for, under the names that are read back. */
function own(one: FlowConnection, parts: readonly ('logicalName' | 'source' | 'kind')[]): JsonObject {
  const has = (part: (typeof parts)[number]): boolean => parts.includes(part);
  return {
    ...(has('logicalName') && one.logicalName !== undefined && { connectionReferenceLogicalName: one.logicalName }),
    ...(has('source') && one.source === 'invoker' && { runtimeSource: one.source }),
    ...(has('kind') && one.kind !== 'managedApi' && { kind: one.kind }),
  };
}

/** What of a connection a form keeps for Patchbay only, in words. */
export function keptOfConnections(
  connections: Connections,
  parts: readonly ('logicalName' | 'source' | 'kind')[],
): readonly string[] {
  return Object.entries(connections).flatMap(([reference, one]) => {
    const kept = Object.keys(own(one, parts));
    return kept.length === 0 ? [] : [`${kept.join(' and ')} of the connection "${reference}"`];
  });
}

function mapValues(connections: Connections, write: (one: FlowConnection) => JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(connections).map(([name, one]) => [name, write(one)]));
}
