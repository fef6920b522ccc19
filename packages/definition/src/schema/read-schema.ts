import type { CollectionFormat, JsonObject, JsonValue, SchemaAnnotations, SchemaModel, Visibility } from '../model.ts';
import { decodeFragment, escapePointer, resolvePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, isTrue, member, type Reading, withKeptMembers } from '../source/reading.ts';

/** Published schemas nest a few dozen levels; a document made to exhaust the stack does not get there. */
const maxSchemaDepth = 200;

const structural = new Set([
  '$ref',
  '$dynamicRef',
  '$id',
  '$schema',
  '$anchor',
  '$dynamicAnchor',
  '$vocabulary',
  '$defs',
  'definitions',
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
  'const',
  'nullable',
  'readOnly',
  'writeOnly',
  'deprecated',
  'discriminator',
  'x-nullable',
  'x-ms-summary',
  'x-ms-visibility',
  // Members of parameters, which carry their schema in themselves.
  'name',
  'in',
  'schema',
  'allowEmptyValue',
  'summary',
  'style',
  'explode',
  'allowReserved',
  'content',
]);
const modelled = new Set(['x-nullable', 'x-ms-summary', 'x-ms-visibility']);
/** Keywords that the model has no member for and that hold schemas (JSON Schema 2020-12 §10, §11). */
const subschemas = new Set([
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'prefixItems',
  'contains',
  'patternProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contentSchema',
]);
const formats: ReadonlySet<string> = new Set(['csv', 'ssv', 'tsv', 'pipes', 'multi']);

/** Reads a schema; references to shared schemas stay references, so recursion is only through them. */
export function readSchema(
  reading: Reading,
  stated: JsonValue | undefined,
  pointer: string,
  depth = 0,
  inlined: readonly string[] = [],
): SchemaModel {
  // A schema that is `false` admits nothing (JSON Schema 2020-12 §4.3.2).
  if (stated === false) return { kind: 'any', constraints: { not: {} } };
  if (!isObject(stated)) return { kind: 'any' };
  if (depth > maxSchemaDepth) {
    reading.report('schema-too-deep', pointer);
    return { kind: 'any' };
  }
  const value = withKeptMembers(stated);
  const place: Place = { reading, value, pointer, depth, inlined };
  const reference = member(value, '$ref');
  if (typeof reference === 'string') return readReference(place, reference);
  const annotations = readAnnotations(place);
  const isCombined = combinations.some((kind) => isFilled(member(value, kind)));
  if (isCombined) {
    const combined = readCombination(place);
    return { ...combined, ...annotations };
  }
  const types = typesOf(value);
  if (types.length > 1) {
    const members = types.map((type) => readTyped(place, type));
    return { kind: 'anyOf', members, ...annotations };
  }
  return { ...readTyped(place, types[0]), ...annotations };
}

/** Reads every schema that the description shares, and whatever becomes shared by reading them. */
export function readSharedSchemas(reading: Reading): ReadonlyMap<string, SchemaModel> {
  const schemas = new Map<string, SchemaModel>();
  for (let name = reading.shared.take(); name !== undefined; name = reading.shared.take()) {
    schemas.set(name, readShared(reading, name));
  }
  return schemas;
}

/** The schema behind references, while the description is being read; a circle of references is any value. */
export function readBehind(reading: Reading, schema: SchemaModel): SchemaModel {
  let current = schema;
  const visited = new Set<string>();
  while (current.kind === 'reference') {
    if (visited.has(current.name)) return { kind: 'any' };
    visited.add(current.name);
    current = readShared(reading, current.name);
  }
  return current;
}

function readShared(reading: Reading, name: string): SchemaModel {
  return reading.shared.model(name, (pointer) =>
    readSchema(reading, resolvePointer(reading.document.root, pointer), pointer),
  );
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

const combinations = ['allOf', 'oneOf', 'anyOf'] as const;

type Place = {
  readonly reading: Reading;
  readonly value: JsonObject;
  readonly pointer: string;
  readonly depth: number;
  /** The references that were read in their place on the way here. */
  readonly inlined: readonly string[];
};

/** A schema without its annotations. */
type Shape = SchemaModel;

function readMember(place: Place, value: JsonValue | undefined, path: string): SchemaModel {
  return readSchema(place.reading, value, `${place.pointer}/${path}`, place.depth + 1, place.inlined);
}

function readTyped(place: Place, type: string | undefined): Shape {
  switch (type) {
    case 'object':
      return { kind: 'object', ...readObject(place) };
    case 'array': {
      const collectionFormat = readCollectionFormat(place.value);
      const items = readMember(place, member(place.value, 'items'), 'items');
      return { kind: 'array', items, ...(collectionFormat && { collectionFormat }) };
    }
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
    case 'null':
    case 'file':
      return { kind: type };
    default:
      return { kind: 'any' };
  }
}

function readReference(place: Place, reference: string): SchemaModel {
  const { reading, value, pointer, depth, inlined } = place;
  if (reading.countsSiblings && shapes.some((name) => member(value, name) !== undefined)) {
    return readReferenceWithSiblings(place, reference);
  }
  const annotations = readAnnotations(place);
  const target = reference.startsWith('#') ? decodeFragment(reference.slice(1)) : undefined;
  const found = target === undefined ? undefined : resolvePointer(reading.document.root, target);
  if (target === undefined || found === undefined) {
    const code = reference.startsWith('#') ? 'reference-not-found' : 'reference-external';
    reading.report(code, pointer, { found: reference });
    return { kind: 'any', ...annotations };
  }
  if (isObject(found) && member(found, '$ref') === reference) {
    reading.report('reference-loop', pointer, { found: reference });
    return { kind: 'any', ...annotations };
  }
  const shared = reading.shared.find(target);
  if (shared !== undefined) return { kind: 'reference', name: shared, ...annotations };
  // What stands in another file is shared; what stands in the middle of this one is read in its place, unless it contains itself.
  if (target.startsWith('/\u0000') || inlined.includes(target)) {
    return { kind: 'reference', name: reading.shared.share(target, fileStem(reading, target)), ...annotations };
  }
  return { ...readSchema(reading, found, target, depth + 1, [...inlined, target]), ...annotations };
}

/** The name of a file without its folder and ending, for a schema that is a whole file. */
function fileStem(reading: Reading, pointer: string): string | undefined {
  if (!/^\/[^/]*files\/\d+$/.test(pointer)) return undefined;
  const { source } = reading.document.locate(pointer);
  return source.slice(source.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}

/** Keywords that give a value a shape. */
const shapes = ['properties', 'required', 'additionalProperties', 'items', 'allOf', 'oneOf', 'anyOf'] as const;

/** What stands beside a reference holds as well. */
function readReferenceWithSiblings(place: Place, reference: string): SchemaModel {
  const { reading, value, pointer, depth, inlined } = place;
  const siblings = Object.fromEntries(Object.entries(value).filter(([name]) => name !== '$ref'));
  const members = [
    readReference({ ...place, value: { $ref: reference }, depth: depth + 1 }, reference),
    readSchema(reading, siblings, pointer, depth + 1, inlined),
  ];
  return { kind: 'allOf', members };
}

/** Everything that a value must be at once: members of `allOf`, its own shape, one of `oneOf`, some of `anyOf`. */
function readCombination(place: Place): Shape {
  const parts = new Map<string, readonly SchemaModel[]>();
  for (const kind of combinations) {
    const members = member(place.value, kind);
    if (!Array.isArray(members) || members.length === 0) continue;
    const read = members.map((item: JsonValue, index) => readMember(place, item, `${kind}/${index}`));
    parts.set(kind, read);
  }
  const own = readOwnShape(place);
  const all = parts.get('allOf') ?? [];
  const choices = (['oneOf', 'anyOf'] as const).flatMap((kind) => {
    const members = parts.get(kind);
    return members === undefined ? [] : [withoutNull(kind, members)];
  });
  const [first] = choices;
  if (choices.length === 1 && first !== undefined && all.length === 0 && own === undefined) return first;
  return { kind: 'allOf', members: [...all, ...(own === undefined ? [] : [own]), ...choices] };
}

/** A choice between something and null is that something, nullable. */
function withoutNull(kind: 'oneOf' | 'anyOf', members: readonly SchemaModel[]): SchemaModel {
  const others = members.filter((one) => one.kind !== 'null');
  const [only] = others;
  if (only === undefined || others.length === members.length) return { kind, members };
  return others.length === 1 ? { ...only, nullable: true } : { kind, members: others, nullable: true };
}

/** What a combination says of its own shape beside its members. */
function readOwnShape(place: Place): SchemaModel | undefined {
  const { value } = place;
  const hasShape = ['properties', 'items', 'additionalProperties'].some((name) => isObject(member(value, name)));
  const isRequiring = isFilled(member(value, 'required'));
  if (hasShape) return readTyped(place, typesOf(value)[0]);
  return isRequiring ? { kind: 'object', ...readObject(place) } : undefined;
}

function readObject(place: Place) {
  const { reading, value, pointer } = place;
  const properties = new Map<string, SchemaModel>();
  for (const [name, property] of Object.entries(reading.object(value, 'properties', pointer))) {
    properties.set(name, readMember(place, property, `properties/${escapePointer(name)}`));
  }
  const additional = member(value, 'additionalProperties');
  const required = member(value, 'required');
  return {
    properties,
    required: Array.isArray(required) ? required.filter((name): name is string => typeof name === 'string') : [],
    additionalProperties: isObject(additional)
      ? readMember(place, additional, 'additionalProperties')
      : additional !== false,
  };
}

/** The stated types without `null`, or the one that the other members imply. */
function typesOf(value: JsonObject): readonly string[] {
  const type = member(value, 'type');
  if (typeof type === 'string') return [type.toLowerCase()];
  if (Array.isArray(type)) {
    const stated = type.filter((name): name is string => typeof name === 'string');
    const others = stated.filter((name) => name !== 'null');
    return (others.length > 0 ? others : stated).map((name) => name.toLowerCase());
  }
  if (isObject(member(value, 'properties')) || isObject(member(value, 'additionalProperties'))) return ['object'];
  return isObject(member(value, 'items')) ? ['array'] : [];
}

function isFilled(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}

function readAnnotations({ reading, value, pointer }: Place): SchemaAnnotations {
  const type = member(value, 'type');
  const nullable =
    isTrue(member(value, 'x-nullable')) ||
    isTrue(member(value, 'nullable')) ||
    (Array.isArray(type) && type.length > 1 && type.includes('null'));
  const text = (name: string): string | undefined => {
    const found = member(value, name);
    return typeof found === 'string' ? found : undefined;
  };
  const [title, summary, description] = ['title', 'x-ms-summary', 'description'].map(text);
  const format = text('format') ?? (text('contentEncoding')?.toLowerCase() === 'base64' ? 'byte' : undefined);
  const visibility = readVisibility(member(value, 'x-ms-visibility'));
  const defaultValue = member(value, 'default');
  const constant = member(value, 'const');
  const choices = constant === undefined ? member(value, 'enum') : [constant];
  const discriminator = readDiscriminator(value);
  const constraints = Object.fromEntries(
    Object.entries(value).filter(([name, one]) => {
      if (structural.has(name) || name.startsWith('x-')) return false;
      if (!subschemas.has(name) || !hasReference(one)) return true;
      reading.lose('schema-keyword-not-carried', `${pointer}/${name}`, { keyword: name });
      return false;
    }),
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
    ...(isTrue(member(value, 'writeOnly')) && { writeOnly: true }),
    ...(isTrue(member(value, 'deprecated')) && { deprecated: true }),
    ...(discriminator !== undefined && { discriminator }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
  };
}

function hasReference(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(hasReference);
  if (!isObject(value)) return false;
  return typeof member(value, '$ref') === 'string' || Object.values(value).some(hasReference);
}

/** A property's name (OpenAPI 2.0), or an object with the mapping of its values (OpenAPI 3, Discriminator Object). */
function readDiscriminator(value: JsonObject): SchemaAnnotations['discriminator'] {
  const stated = member(value, 'discriminator');
  if (typeof stated === 'string') return { propertyName: stated, mapping: new Map() };
  if (!isObject(stated)) return undefined;
  const propertyName = member(stated, 'propertyName');
  if (typeof propertyName !== 'string') return undefined;
  const mapping = member(stated, 'mapping');
  const entries = isObject(mapping) ? Object.entries(mapping) : [];
  return {
    propertyName,
    mapping: new Map(
      entries.flatMap(([key, target]): [string, string][] =>
        typeof target === 'string' ? [[key, target.slice(target.lastIndexOf('/') + 1)]] : [],
      ),
    ),
  };
}
