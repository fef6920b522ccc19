import type { JsonValue } from '@patchbay/expression';
import { lastSegment } from '../actions/connection-host.ts';
import type { ConnectionReference } from '../contract.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { dialectOfKind, findDialect } from '../dialect/find-dialect.ts';
import { entriesOf, isArray, isObject, member, memberAt, textMember } from '../plan/json.ts';

/** What a workflow file says, whatever its form. */
export type WorkflowFile = {
  readonly definition: JsonValue;
  /** Values for the definition's parameters, by name. */
  readonly parameters: { readonly [name: string]: JsonValue };
  readonly connectionReferences: { readonly [name: string]: ConnectionReference };
  readonly kind: 'Stateful' | 'Stateless';
  readonly displayName?: string;
  /** Which product it was written for, as its form or its definition tells. */
  readonly dialect?: Dialect;
};

/**
 * Reads a workflow from a bare definition, `{definition, parameters?, connectionReferences?}`, an ARM resource or a template around
 * one, a flow package's `definition.json`, a solution's `Workflows/*.json` or a Standard `workflow.json`; `undefined` when the document is
 * none of them.
 */
export function readWorkflowFile(document: JsonValue): WorkflowFile | undefined {
  const resource = findResource(document);
  const source = isObject(memberAt(resource, 'properties', 'definition')) ? member(resource, 'properties') : resource;
  const definition = member(source, 'definition') ?? (looksLikeDefinition(source) ? source : undefined);
  if (!isObject(definition)) return undefined;
  const given = member(source, 'parameters');
  const parameters = definition === source ? {} : readParameterValues(given);
  const { $connections: connections, ...values } = parameters;
  const kind = textMember(source, 'kind') ?? textMember(document, 'kind');
  const dialect = dialectOfForm(resource, source, kind) ?? findDialect(definition);
  const displayName = textMember(source, 'displayName') ?? textMember(resource, 'name');
  return {
    definition,
    parameters: values,
    connectionReferences: {
      ...readReferences(connections),
      ...readReferences(member(source, 'connectionReferences')),
    },
    kind: kind?.toLowerCase() === 'stateless' ? 'Stateless' : 'Stateful',
    ...(displayName === undefined ? {} : { displayName }),
    ...(dialect === undefined ? {} : { dialect }),
  };
}

/** Which product writes flows in this form; `undefined` where several do. */
function dialectOfForm(
  resource: JsonValue,
  source: JsonValue | undefined,
  kind: string | undefined,
): Dialect | undefined {
  const type = (textMember(resource, 'type') ?? '').toLowerCase();
  if (type.startsWith('microsoft.logic/')) return 'consumption';
  if (type.startsWith('microsoft.flow/') || type.startsWith('microsoft.processsimple/')) return 'powerAutomate';
  if (source === resource) return kind === undefined ? undefined : dialectOfKind(kind);
  return member(source, 'connectionReferences') === undefined ? undefined : 'powerAutomate';
}

/** The first workflow resource of an ARM template; anything else as it is. */
function findResource(document: JsonValue): JsonValue {
  const resources = member(document, 'resources');
  const list = isArray(resources) ? resources : isObject(resources) ? Object.values(resources) : [];
  const found = list.find((resource) => {
    const type = textMember(resource, 'type')?.toLowerCase();
    return type === 'microsoft.logic/workflows' && isObject(memberAt(resource, 'properties', 'definition'));
  });
  return found ?? document;
}

function looksLikeDefinition(source: JsonValue | undefined): boolean {
  return isObject(source) && (member(source, 'triggers') !== undefined || member(source, 'actions') !== undefined);
}

/** `{name: {value}}` as ARM writes values, or `{name: value}`. */
function readParameterValues(source: JsonValue | undefined): { readonly [name: string]: JsonValue } {
  const values: { [name: string]: JsonValue } = {};
  for (const [name, entry] of entriesOf(source)) {
    const value = isObject(entry) && Object.hasOwn(entry, 'value') ? entry['value'] : entry;
    const isDeclaration = isObject(entry) && !Object.hasOwn(entry, 'value') && typeof entry['type'] === 'string';
    if (value !== undefined && !isDeclaration) values[name] = value;
  }
  return values;
}

function readReferences(source: JsonValue | undefined): { readonly [name: string]: ConnectionReference } {
  return Object.fromEntries(entriesOf(source).map(([name, entry]) => [name, readReference(name, entry)]));
}

/** A reference as a package, a solution or the `$connections` parameter writes it. */
function readReference(name: string, source: JsonValue): ConnectionReference {
  const api =
    textMember(source, 'connectorName') ??
    textMember(memberAt(source, 'api'), 'name') ??
    textMember(memberAt(source, 'api'), 'id') ??
    textMember(source, 'id') ??
    name;
  const connection =
    textMember(source, 'connectionName') ??
    textMember(memberAt(source, 'connection'), 'name') ??
    textMember(memberAt(source, 'connection'), 'id') ??
    textMember(source, 'connectionId') ??
    '';
  return { connectorName: lastSegment(api), connectionName: lastSegment(connection) };
}
