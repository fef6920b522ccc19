import type {
  BodyModel,
  CollectionFormat,
  JsonObject,
  JsonValue,
  ParameterLocation,
  ParameterModel,
  SchemaModel,
} from '../model.ts';
import { readHeaders } from '../operation/read-headers.ts';
import { extensionsBesideLabels, readLabels } from '../operation/read-labels.ts';
import { readCollectionFormat, readSchema } from '../schema/read-schema.ts';
import { isObject, isTrue, keptMember, member, ownPrefix, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';
import { readKeptStyle } from './read-kept-style.ts';

const locations: ReadonlySet<string> = new Set(['path', 'query', 'header', 'formData']);

export type ReadParameters = { readonly parameters: readonly ParameterModel[]; readonly body?: BodyModel };

type Declared = { readonly value: JsonObject; readonly pointer: string; readonly name: string; readonly in: string };

/**
 * Reads an operation's parameters with those of its path item merged in: one of the same name replaces the path item's, as the
 * ecosystem's designers compare.
 */
export function readParameters(
  reading: Reading,
  operation: { readonly value: JsonObject; readonly pointer: string; readonly title: string },
  pathItem: { readonly value: JsonObject; readonly pointer: string },
): ReadParameters {
  const own = declared(reading, operation.value, operation.pointer, operation.title);
  const ownNames = new Set(own.map((one) => one.name));
  const inherited = declared(reading, pathItem.value, pathItem.pointer, operation.title).filter(
    (one) => !ownNames.has(one.name),
  );
  const all = withoutDuplicates(reading, [...inherited, ...own], operation.title);
  const bodies = all.filter((one) => one.in === 'body');
  const [first, second] = bodies;
  if (second !== undefined) reading.report('body-duplicate', second.pointer, { operation: operation.title });
  const hasForm = all.some((one) => one.in === 'formData');
  if (first !== undefined && hasForm)
    reading.report('body-and-form', operation.pointer, { operation: operation.title });
  const parameters = all
    .filter((one) => one.in !== 'body' && !(first !== undefined && one.in === 'formData'))
    .map((one) => readParameter(reading, one, operation.title));
  if (first === undefined) return { parameters };
  const position = all.filter((one) => one.in !== 'formData').indexOf(first);
  return { parameters, body: { ...readBody(reading, first), position } };
}

function declared(reading: Reading, parent: JsonObject, pointer: string, operation: string): readonly Declared[] {
  const found: Declared[] = [];
  for (const { item, pointer: at, isKept } of listed(reading, parent, pointer)) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      reading.report('parameter-not-valid', at, { operation, member: 'members' });
      continue;
    }
    const target = follow(reading, item as JsonObject, at);
    if (target === undefined) continue;
    const name = member(target.value, 'name');
    const location = member(target.value, 'in');
    if (typeof name !== 'string' || typeof location !== 'string') {
      const missing = typeof name === 'string' ? `location ("in") although it is called ${name}` : 'name';
      reading.report('parameter-not-valid', at, { operation, member: missing });
    } else if (location !== 'body' && !locations.has(location) && !(isKept && location === 'cookie')) {
      reading.report('parameter-location', at, { operation, name, found: location });
    } else found.push({ value: target.value, pointer: target.pointer, name, in: location });
  }
  return found;
}

type Listed = { readonly item: JsonValue; readonly pointer: string; readonly isKept: boolean };

/** The parameters as listed, with those that Patchbay kept aside in their places. */
function listed(reading: Reading, parent: JsonObject, pointer: string): readonly Listed[] {
  const all = reading
    .array(parent, 'parameters', pointer)
    .map((item, index): Listed => ({ item, pointer: `${pointer}/parameters/${index}`, isKept: false }));
  const name = `${ownPrefix}parameters`;
  for (const [index, item] of reading.array(parent, name, pointer).entries()) {
    if (!isObject(item)) continue;
    const place = keptMember(item, 'position');
    const kept = { item, pointer: `${pointer}/${name}/${index}`, isKept: true };
    all.splice(typeof place === 'number' ? place : all.length, 0, kept);
  }
  return all;
}

function withoutDuplicates(reading: Reading, all: readonly Declared[], operation: string): readonly Declared[] {
  const last = new Map<string, Declared>();
  for (const one of all) {
    const key = `${one.in} ${one.in === 'header' ? one.name.toLowerCase() : one.name}`;
    if (last.has(key) && one.in !== 'body') {
      reading.report('parameter-duplicate', one.pointer, { operation, name: one.name, found: one.in });
    }
    last.set(one.in === 'body' ? `${key} ${one.pointer}` : key, one);
  }
  return [...last.values()];
}

function readParameter(reading: Reading, declaration: Declared, operation: string): ParameterModel {
  const { value, pointer, name } = declaration;
  const location = declaration.in as ParameterLocation;
  if (name === 'connectionId') reading.report('connection-id-parameter', pointer, { operation });
  const schema = readOwnSchema(reading, value, pointer);
  const style = readKeptStyle(value);
  const part = readKeptPart(reading, value, pointer);
  const isArray = schema.kind === 'array' || member(value, 'type') === 'array';
  const collectionFormat = isArray && style === undefined ? formatOf(reading, declaration, operation) : undefined;
  const defaultValue = member(value, 'default');
  const isDouble = location === 'path' && member(value, 'x-ms-url-encoding') === 'double';
  return {
    name,
    in: location,
    required: location === 'path' || isTrue(member(value, 'required')),
    schema,
    ...(collectionFormat !== undefined && { collectionFormat }),
    ...(style !== undefined && { style }),
    ...(part !== undefined && { part }),
    ...(isTrue(keptMember(value, 'deprecated')) && { deprecated: true }),
    urlEncoding: isDouble ? 'double' : 'single',
    ...readLabels(reading, declaration),
    ...(defaultValue !== undefined && { default: defaultValue }),
    allowEmptyValue: isTrue(keptMember(value, 'allowEmptyValue') ?? member(value, 'allowEmptyValue')),
    // That a path parameter is encoded once, the default, stays as written.
    extensions: extensionsBesideLabels(declaration, ['x-nullable', ...(isDouble ? ['x-ms-url-encoding'] : [])]),
    pointer,
  };
}

/** Members of a parameter or header that are about it and not about its value. */
const notOfSchema: ReadonlySet<string> = new Set([
  'description',
  'x-ms-summary',
  'x-ms-visibility',
  'collectionFormat',
  ...['schema', 'style', 'part', 'deprecated', 'position'].map((name) => ownPrefix + name),
]);

/** What a parameter or a header says of its value, which is in itself, or kept aside when Swagger 2.0 has no words for it. */
function readOwnSchema(reading: Reading, value: JsonObject, pointer: string): SchemaModel {
  const kept = keptMember(value, 'schema');
  if (kept !== undefined) return readSchema(reading, kept, `${pointer}/${ownPrefix}schema`);
  const own = Object.entries(value).filter(
    ([name]) =>
      !notOfSchema.has(name) && (!name.startsWith('x-') || name === 'x-nullable' || name.startsWith(ownPrefix)),
  );
  return readSchema(reading, Object.fromEntries(own), pointer);
}

function readKeptPart(reading: Reading, value: JsonObject, pointer: string): ParameterModel['part'] {
  const part = keptMember(value, 'part');
  if (!isObject(part)) return undefined;
  const at = `${pointer}/${ownPrefix}part`;
  const contentType = reading.string(part, 'contentType', at);
  return { ...(contentType !== undefined && { contentType }), headers: readHeaders(reading, part, at) };
}

/** `csv` unless said otherwise (OpenAPI 2.0, Parameter Object); `multi` only where a name can be repeated. */
function formatOf(
  reading: Reading,
  { value, pointer, name, in: location }: Declared,
  operation: string,
): CollectionFormat {
  const stated = member(value, 'collectionFormat');
  const format = readCollectionFormat(value);
  const canRepeat = location === 'query' || location === 'formData';
  if (format !== undefined && (format !== 'multi' || canRepeat)) return format;
  if (stated !== undefined) reading.report('collection-format', pointer, { operation, name, found: String(stated) });
  return 'csv';
}

function readBody(reading: Reading, declaration: Declared): BodyModel {
  const { value, pointer, name } = declaration;
  const stated = member(value, 'schema');
  const kept = keptMember(value, 'default');
  const defaultValue = kept === undefined ? member(value, 'default') : kept;
  return {
    name,
    required: isTrue(member(value, 'required')),
    schema:
      stated === undefined ? readSchema(reading, value, pointer) : readSchema(reading, stated, `${pointer}/schema`),
    ...readLabels(reading, declaration),
    ...(defaultValue !== undefined && { default: defaultValue }),
    extensions: extensionsBesideLabels(declaration),
    pointer,
  };
}
