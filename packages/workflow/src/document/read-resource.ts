import type { JsonValue } from '@patchbay/expression';
import type { Dialect } from '../dialect/dialect.ts';
import { dialectNamed, dialectOfKind, findDialect } from '../dialect/find-dialect.ts';
import { entriesOf, isObject, member, memberAt, textMember } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';
import { readReferences } from './read-connections.ts';

/** Where a flow stands, and what is known of it besides. */
export type ResourcePlace = {
  readonly file: string;
  readonly pointer: string;
  readonly name: string;
  readonly id?: string;
};

/**
 * A flow from what holds its definition: a resource or a file of a package or a solution (`{properties: {definition}}`), `{definition, …}`,
 * or the definition itself. `undefined`: it holds none.
 */
export function readResource(source: JsonValue, place: ResourcePlace): FlowDocument | undefined {
  const isWrapped = isObject(memberAt(source, 'properties', 'definition'));
  const holder = isWrapped ? member(source, 'properties') : source;
  const inner = member(holder, 'definition');
  const isBare = inner === undefined && looksLikeDefinition(source);
  const definition = inner ?? (isBare ? source : undefined);
  if (!isObject(definition)) return undefined;
  const kind = isBare ? undefined : (textMember(holder, 'kind') ?? textMember(source, 'kind'));
  const said = isBare ? undefined : (textMember(holder, 'dialect') ?? textMember(source, 'dialect'));
  const dialect = dialectNamed(said) ?? findDialect(definition) ?? dialectOfForm(source, isWrapped, kind);
  const { $connections: connections, ...parameters } = isBare ? {} : readValues(member(holder, 'parameters'));
  const id = place.id ?? idOf(source);
  return {
    name: textMember(holder, 'displayName') ?? textMember(source, 'name') ?? place.name,
    ...(id !== undefined && { id }),
    definition,
    ...(kind !== undefined && { kind }),
    ...(dialect !== undefined && { dialect }),
    parameters,
    connections: {
      ...readReferences(connections),
      ...(isBare ? {} : readReferences(member(holder, 'connectionReferences'))),
    },
    environmentVariables: [],
    appSettings: {},
    place: {
      file: place.file,
      pointer: `${place.pointer}${isWrapped ? '/properties' : ''}${isBare ? '' : '/definition'}`,
    },
  };
}

/** Which product writes flows in this form; `undefined` where several do. */
function dialectOfForm(source: JsonValue, isWrapped: boolean, kind: string | undefined): Dialect | undefined {
  if (kind !== undefined) return dialectOfKind(kind);
  const type = (textMember(source, 'type') ?? '').toLowerCase();
  if (type.startsWith('microsoft.logic/')) return 'consumption';
  if (type.startsWith('microsoft.flow/') || type.startsWith('microsoft.processsimple/')) return 'powerAutomate';
  const isOfSolution = isWrapped && memberAt(source, 'properties', 'connectionReferences') !== undefined;
  return isOfSolution ? 'powerAutomate' : undefined;
}

function looksLikeDefinition(source: JsonValue): boolean {
  return isObject(source) && (isObject(member(source, 'triggers')) || isObject(member(source, 'actions')));
}

const guidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The name of a flow in a package is its id. */
function idOf(source: JsonValue): string | undefined {
  const name = textMember(source, 'name');
  return name !== undefined && guidPattern.test(name) ? name : undefined;
}

/** `{name: {value}}` as ARM writes values, or `{name: value}`; what is declared and given no value is left out. */
export function readValues(source: JsonValue | undefined): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(
    entriesOf(source).flatMap(([name, entry]): readonly (readonly [string, JsonValue])[] => {
      if (!isObject(entry)) return [[name, entry]];
      if (Object.hasOwn(entry, 'value')) return [[name, entry['value'] ?? null]];
      return typeof entry['type'] === 'string' ? [] : [[name, entry]];
    }),
  );
}
