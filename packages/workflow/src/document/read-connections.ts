import type { JsonValue } from '@patchbay/expression';
import { entriesOf, isObject, type JsonObject, member, memberAt, textMember } from '../plan/json.ts';
import { apiName } from './api-name.ts';
import { type ConnectionKind, connectionKinds, type FlowConnection } from './flow-document.ts';

type Connections = { readonly [reference: string]: FlowConnection };

/** Members of a reference that say what a {@link FlowConnection} says in members of its own. */
const understood: ReadonlySet<string> = new Set([
  'api',
  'apiid',
  'connection',
  'connectionid',
  'connectionname',
  'connectionreferencelogicalname',
  'connectorname',
  'id',
  'kind',
  'runtimesource',
  'source',
]);

/**
 * References as packages (`{connectionName, source, id}`), solutions (`{runtimeSource, connection, api}`), the parameter `$connections`
 * (`{connectionId, connectionName, id}`) and this platform's own surface write them.
 */
export function readReferences(source: JsonValue | undefined): Connections {
  return Object.fromEntries(
    entriesOf(source).flatMap(([name, entry]) => (isObject(entry) ? [[name, readReference(name, entry)]] : [])),
  );
}

function readReference(name: string, entry: JsonObject): FlowConnection {
  const api = memberAt(entry, 'api');
  const named =
    textMember(entry, 'id') ??
    textMember(entry, 'apiId') ??
    textMember(api, 'id') ??
    textMember(api, 'name') ??
    textMember(entry, 'connectorName') ??
    name;
  const inner = member(entry, 'connection');
  const connection =
    someText(entry, 'connectionId') ??
    someText(inner, 'id') ??
    someText(inner, 'name') ??
    someText(entry, 'connectionName') ??
    '';
  const logicalName =
    textMember(inner, 'connectionReferenceLogicalName') ?? textMember(entry, 'connectionReferenceLogicalName');
  const given = textMember(entry, 'runtimeSource') ?? textMember(entry, 'source');
  const short = textMember(entry, 'connectionName');
  // The tier of a package says nothing when it is not specified.
  const hasTier = textMember(entry, 'tier') !== 'NotSpecified';
  const further = restOf(entry, (key) => understood.has(key) || (key === 'tier' && !hasTier));
  return {
    kind: kindOf(entry),
    api: apiName(named),
    connection,
    ...(logicalName !== undefined && { logicalName }),
    source: sourceOf(given),
    further: {
      ...further,
      // An id ends with the connection's name; where it does not, both are kept.
      ...(short !== undefined &&
        short !== '' &&
        ![connection, lastSegment(connection)].includes(short) && { connectionName: short }),
    },
  };
}

function kindOf(entry: JsonObject): ConnectionKind {
  const kind = textMember(entry, 'kind');
  return connectionKinds.find((known) => known === kind) ?? 'managedApi';
}

function sourceOf(given: string | undefined): FlowConnection['source'] {
  return given?.toLowerCase() === 'invoker' ? 'invoker' : 'embedded';
}

/** The `connections.json` of a Standard project. */
export function readConnectionsFile(root: JsonValue | undefined): Connections {
  return {
    ...section(root, 'managedApiConnections', 'managedApi', ['api', 'id'], ['connection', 'id']),
    ...section(root, 'serviceProviderConnections', 'serviceProvider', ['serviceProvider', 'id']),
    ...section(root, 'functionConnections', 'function', ['function', 'id']),
    ...section(root, 'apiManagementConnections', 'apiManagement', ['apiId']),
  };
}

function section(
  root: JsonValue | undefined,
  name: string,
  kind: ConnectionKind,
  api: readonly string[],
  connection?: readonly string[],
): Connections {
  return Object.fromEntries(
    entriesOf(member(root, name)).flatMap(([reference, entry]) => {
      if (!isObject(entry)) return [];
      const found = memberAt(entry, ...api);
      const chosen = connection === undefined ? undefined : memberAt(entry, ...connection);
      const taken = new Set([api[0]?.toLowerCase(), connection?.[0]?.toLowerCase()]);
      const own = ['connectionReferenceLogicalName', 'runtimeSource'] as const;
      const logicalName = textMember(entry, own[0]);
      for (const member of own) taken.add(member.toLowerCase());
      return [
        [
          reference,
          {
            kind,
            api: apiName(typeof found === 'string' ? found : reference),
            connection: typeof chosen === 'string' ? chosen : '',
            ...(logicalName !== undefined && { logicalName }),
            source: sourceOf(textMember(entry, own[1])),
            further: restOf(entry, (key) => taken.has(key)),
          } satisfies FlowConnection,
        ],
      ];
    }),
  );
}

function restOf(entry: JsonObject, isTaken: (lowerName: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !isTaken(name.toLowerCase())));
}

function someText(value: JsonValue | undefined, name: string): string | undefined {
  const text = textMember(value, name);
  return text === '' ? undefined : text;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
