import type { CollectionFormat, JsonObject, JsonValue, SchemaAnnotations, SchemaModel, Visibility } from './model.ts';
import { escapePointer, extensionsOf, isObject, isTrue, member, type Reading } from './reading.ts';
import { pointerNames, resolvePointer } from './references.ts';

/** Published schemas nest a few dozen levels; a document made to exhaust the stack does not get there. */
const maxSchemaDepth = 200;

const structural = new Set([
  '$ref',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'collectionFormat',
  'allOf',
  'oneOf',
  'anyOf',
  'title',
  'description',
  'format',
  'default',
  'enum',
  'nullable',
  'readOnly',
  'x-nullable',
  'x-ms-summary',
  'x-ms-visibility',
  // Members of parameters, which carry their schema in themselves.
  'name',
  'in',
  'schema',
  'allowEmptyValue',
  'summary',
]);
const modelled = new Set(['x-nullable', 'x-ms-summary', 'x-ms-visibility']);
const formats: ReadonlySet<string> = new Set(['csv', 'ssv', 'tsv', 'pipes', 'multi']);

/** Reads a schema; references to shared schemas stay references, so recursion is only through them. */
export function readSchema(
  reading: Reading,
  value: JsonValue | undefined,
  pointer: string,
  depth = 0,
  inlined: readonly string[] = [],
): SchemaModel {
  if (!isObject(value)) return { kind: 'any' };
  if (depth > maxSchemaDepth) {
    reading.report('schema-too-deep', pointer);
    return { kind: 'any' };
  }
  const reference = member(value, '$ref');
  if (typeof reference === 'string') return readReference(reading, value, reference, pointer, depth, inlined);
  const annotations = readAnnotations(value);
  const at = (name: string): string => `${pointer}/${name}`;
  const read = (name: string): SchemaModel => readSchema(reading, member(value, name), at(name), depth + 1, inlined);
  for (const kind of ['allOf', 'oneOf', 'anyOf'] as const) {
    const members = member(value, kind);
    if (Array.isArray(members) && members.length > 0) {
      return readCombination(reading, value, kind, pointer, depth, inlined, annotations);
    }
  }
  switch (typeOf(value)) {
    case 'object':
      return { kind: 'object', ...readObject(reading, value, pointer, depth, inlined), ...annotations };
    case 'array': {
      const collectionFormat = readCollectionFormat(value);
      return { kind: 'array', items: read('items'), ...(collectionFormat && { collectionFormat }), ...annotations };
    }
    case 'string':
      return { kind: 'string', ...annotations };
    case 'integer':
      return { kind: 'integer', ...annotations };
    case 'number':
      return { kind: 'number', ...annotations };
    case 'boolean':
      return { kind: 'boolean', ...annotations };
    case 'null':
      return { kind: 'null', ...annotations };
    case 'file':
      return { kind: 'file', ...annotations };
    default:
      return { kind: 'any', ...annotations };
  }
}

/** `x-ms-visibility` in any case. */
export function readVisibility(value: JsonValue | undefined): Visibility {
  const name = typeof value === 'string' ? value.toLowerCase() : '';
  return name === 'important' || name === 'advanced' || name === 'internal' ? name : 'normal';
}

export function readCollectionFormat(value: JsonObject): CollectionFormat | undefined {
  const format = member(value, 'collectionFormat');
  return typeof format === 'string' && formats.has(format) ? (format as CollectionFormat) : undefined;
}

function readReference(
  reading: Reading,
  value: JsonObject,
  reference: string,
  pointer: string,
  depth: number,
  inlined: readonly string[],
): SchemaModel {
  const annotations = readAnnotations(value);
  const names = reference.startsWith('#') ? pointerNames(reference.slice(1)) : [];
  const target = reference.startsWith('#') ? resolvePointer(reading.document.root, reference.slice(1)) : undefined;
  if (!isObject(target)) {
    reading.report(reference.startsWith('#') ? 'reference-not-found' : 'reference-external', pointer, {
      found: reference,
    });
    return { kind: 'any', ...annotations };
  }
  if (names.length === 2 && names[0] === 'definitions' && names[1] !== undefined) {
    return { kind: 'reference', name: names[1], ...annotations };
  }
  // A reference into the middle of the document is read in its place.
  if (inlined.includes(reference)) {
    reading.report('reference-loop', pointer, { found: reference });
    return { kind: 'any', ...annotations };
  }
  const read = readSchema(reading, target, reference.slice(1), depth + 1, [...inlined, reference]);
  return { ...read, ...annotations };
}

function readCombination(
  reading: Reading,
  value: JsonObject,
  kind: 'allOf' | 'oneOf' | 'anyOf',
  pointer: string,
  depth: number,
  inlined: readonly string[],
  annotations: SchemaAnnotations,
): SchemaModel {
  const members = (member(value, kind) as readonly JsonValue[]).map((item, index) =>
    readSchema(reading, item, `${pointer}/${kind}/${index}`, depth + 1, inlined),
  );
  const hasOwnShape = isObject(member(value, 'properties'));
  const own = hasOwnShape ? [{ kind: 'object' as const, ...readObject(reading, value, pointer, depth, inlined) }] : [];
  if (kind === 'allOf') return { kind, members: [...members, ...own], ...annotations };
  if (own.length === 0) return { kind, members, ...annotations };
  return { kind: 'allOf', members: [...own, { kind, members }], ...annotations };
}

function readObject(reading: Reading, value: JsonObject, pointer: string, depth: number, inlined: readonly string[]) {
  const properties = new Map<string, SchemaModel>();
  for (const [name, property] of Object.entries(reading.object(value, 'properties', pointer))) {
    properties.set(
      name,
      readSchema(reading, property, `${pointer}/properties/${escapePointer(name)}`, depth + 1, inlined),
    );
  }
  const additional = member(value, 'additionalProperties');
  const required = member(value, 'required');
  return {
    properties,
    required: Array.isArray(required) ? required.filter((name): name is string => typeof name === 'string') : [],
    additionalProperties: isObject(additional)
      ? readSchema(reading, additional, `${pointer}/additionalProperties`, depth + 1, inlined)
      : additional !== false,
  };
}

/** The stated type, or the one that the other members imply. */
function typeOf(value: JsonObject): string | undefined {
  const type = member(value, 'type');
  if (typeof type === 'string') return type.toLowerCase();
  if (Array.isArray(type)) {
    const stated = type.filter((name) => typeof name === 'string' && name !== 'null');
    return stated.length === 1 ? (stated[0] as string).toLowerCase() : undefined;
  }
  if (isObject(member(value, 'properties')) || isObject(member(value, 'additionalProperties'))) return 'object';
  if (isObject(member(value, 'items'))) return 'array';
  return undefined;
}

function readAnnotations(value: JsonObject): SchemaAnnotations {
  const type = member(value, 'type');
  const nullable =
    isTrue(member(value, 'x-nullable')) ||
    isTrue(member(value, 'nullable')) ||
    (Array.isArray(type) && type.includes('null'));
  const text = (name: string): string | undefined => {
    const found = member(value, name);
    return typeof found === 'string' ? found : undefined;
  };
  const [title, summary, description, format] = ['title', 'x-ms-summary', 'description', 'format'].map(text);
  const visibility = readVisibility(member(value, 'x-ms-visibility'));
  const defaultValue = member(value, 'default');
  const choices = member(value, 'enum');
  const constraints = Object.fromEntries(
    Object.entries(value).filter(([name]) => !structural.has(name) && !name.startsWith('x-')),
  );
  const extensions = extensionsOf(value, modelled);
  return {
    ...(title !== undefined && { title }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(format !== undefined && { format }),
    ...(visibility !== 'normal' && { visibility }),
    ...(defaultValue !== undefined && { default: defaultValue }),
    ...(Array.isArray(choices) && choices.length > 0 && { enum: choices }),
    ...(nullable && { nullable }),
    ...(isTrue(member(value, 'readOnly')) && { readOnly: true }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
  };
}
