import type { JsonObject, JsonValue } from '../model.ts';
import { isObject, member } from '../source/reading.ts';
import { type Conflict, type KeyOf, mergeJson } from './merge-json.ts';
import { type MovedOperation, moveOperations } from './move-operations.ts';

/** A connector's two documents, as they are written. */
export type ConnectorDocuments = { readonly definition: JsonObject; readonly properties: JsonObject };

export type MergedConnector = ConnectorDocuments & {
  /** By pointer into the definition, or into the properties. */
  readonly conflicts: readonly (Conflict & { readonly document: 'definition' | 'properties' })[];
  /** Operations that the new description has at another place; the maker's edits went along. */
  readonly moved: readonly MovedOperation[];
};

/**
 * Merges a changed description into a connector that its maker has edited since it was imported (three-way): `base` is the
 * description as it was imported then, `mine` the connector as it is, `theirs` the description as it is now. Edits stay; what changed
 * on both sides is a conflict, in which the edit stays and the description's value is told. Operations are recognised by their ids
 * when their paths change.
 */
export function mergeConnector(
  base: ConnectorDocuments,
  mine: ConnectorDocuments,
  theirs: ConnectorDocuments,
): MergedConnector {
  const moved = moveOperations(base.definition, mine.definition, theirs.definition);
  const definition = mergeJson({ base: moved.base, mine: moved.mine, theirs: theirs.definition }, keyOf);
  const properties = mergeJson({ base: base.properties, mine: mine.properties, theirs: theirs.properties }, keyOf);
  return {
    definition: asObject(definition.value),
    properties: asObject(properties.value),
    conflicts: [
      ...definition.conflicts.map((one) => ({ ...one, document: 'definition' as const })),
      ...properties.conflicts.map((one) => ({ ...one, document: 'properties' as const })),
    ],
    moved: moved.moved,
  };
}

/** Parameters by location and name, references by target, what is called something by its name, texts by themselves. */
const keyOf: KeyOf = (item) => {
  if (typeof item === 'string') return item;
  if (!isObject(item)) return undefined;
  const [reference, name, place] = ['$ref', 'name', 'in'].map((one) => member(item, one));
  if (typeof reference === 'string') return `ref ${reference}`;
  // An operation has one body, whatever it is called.
  if (place === 'body') return 'body';
  if (typeof name === 'string') return `${typeof place === 'string' ? place : ''} ${name}`;
  const [property, value] = ['propertyName', 'value'].map((one) => member(item, one));
  if (typeof property === 'string') return `property ${property}`;
  return value === undefined ? securityKey(item) : `value ${JSON.stringify(value)}`;
};

/** A security requirement is told by its schemes. */
function securityKey(item: JsonObject): string | undefined {
  const isRequirement = Object.values(item).every((scopes) => Array.isArray(scopes));
  return isRequirement ? `security ${Object.keys(item).join(' ')}` : undefined;
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
