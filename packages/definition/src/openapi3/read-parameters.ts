import type { JsonObject, ParameterModel, SchemaModel } from '../model.ts';
import { readLabels } from '../operation/read-labels.ts';
import { readBehind, readSchema, readVisibility } from '../schema/read-schema.ts';
import { extensionsOf, isObject, isTrue, member, type Reading } from '../source/reading.ts';
import { follow, type Target } from '../source/references.ts';
import {
  concreteMediaType,
  isUrlForm,
  preferredMediaType,
  readContent,
  readMediaSchema,
  withExample,
} from './media-types.ts';
import { layerWith, type PathItem } from './path-item.ts';
import { readFormFields } from './read-form-fields.ts';
import { readStyle } from './read-style.ts';

const modelled = new Set(['x-ms-summary', 'x-ms-visibility']);
/** `single` is the default, so it says nothing that the model holds. */
const modelledWhenDouble = new Set([...modelled, 'x-ms-url-encoding']);
const locations = ['path', 'query', 'header', 'cookie', 'querystring'] as const;

type Location = (typeof locations)[number];
type Declared = Target & { readonly name: string; readonly in: Location };
/** An operation, by the id that findings name it by. */
export type Titled = Target & { readonly title: string };

/** Reads an operation's parameters with those of its path item merged in: one is the same by name and location. */
export function readParameters(reading: Reading, operation: Titled, pathItem: PathItem): readonly ParameterModel[] {
  const own = declared(reading, operation, operation.title);
  const inherited = declared(reading, layerWith(pathItem, 'parameters'), operation.title);
  const ownKeys = new Set(own.map(keyOf));
  const all = [...inherited.filter((one) => !ownKeys.has(keyOf(one))), ...own];
  return withoutDuplicates(reading, all, operation.title).flatMap((one) =>
    one.in === 'querystring'
      ? readQueryString(reading, one, operation.title)
      : [readParameter(reading, one, one.in, operation.title)],
  );
}

/** Header names are the same in any case (RFC 9110 §5.1). */
function keyOf({ name, in: location }: Declared): string {
  return `${location} ${location === 'header' ? name.toLowerCase() : name}`;
}

function declared(reading: Reading, { value, pointer }: Target, operation: string): readonly Declared[] {
  return reading.array(value, 'parameters', pointer).flatMap((item, index): Declared[] => {
    const at = `${pointer}/parameters/${index}`;
    if (!isObject(item)) {
      reading.report('parameter-not-valid', at, { operation, member: 'members' });
      return [];
    }
    const target = follow(reading, item, at);
    if (target === undefined) return [];
    const name = member(target.value, 'name');
    const stated = member(target.value, 'in');
    if (typeof name !== 'string' || typeof stated !== 'string') {
      const missing = typeof name === 'string' ? `location ("in") although it is called ${name}` : 'name';
      reading.report('parameter-not-valid', at, { operation, member: missing });
      return [];
    }
    const location = locations.find((one) => one === stated.toLowerCase());
    if (location === undefined) {
      reading.report('parameter-location', at, { operation, name, found: stated });
      return [];
    }
    return [{ ...withDescription(item, target), name, in: location }];
  });
}

/** A description beside a `$ref` wins over that of what it leads to (OpenAPI 3.1, Reference Object). */
function withDescription(item: JsonObject, target: Target): Target {
  const description = item === target.value ? undefined : member(item, 'description');
  return typeof description === 'string' ? { ...target, value: { ...target.value, description } } : target;
}

function withoutDuplicates(reading: Reading, all: readonly Declared[], operation: string): readonly Declared[] {
  const last = new Map<string, Declared>();
  for (const one of all) {
    const key = keyOf(one);
    if (last.has(key)) {
      reading.report('parameter-duplicate', one.pointer, { operation, name: one.name, found: one.in });
    }
    last.set(key, one);
  }
  return [...last.values()];
}

function readParameter(
  reading: Reading,
  declaration: Declared,
  location: Exclude<Location, 'querystring'>,
  operation: string,
): ParameterModel {
  const { value, pointer, name } = declaration;
  if (name === 'connectionId') reading.report('connection-id-parameter', pointer, { operation });
  const media = preferredMediaType(readContent(reading, value, pointer));
  const read = media === undefined ? readParameterSchema(reading, value, pointer) : readMediaSchema(reading, media);
  const subject = `The parameter ${name}`;
  const schema = withExample(reading, read, media?.value ?? value, media?.pointer ?? pointer, subject);
  const written =
    media === undefined
      ? readStyle(reading, { holder: value, pointer, location, name, operation, schema })
      : { style: { kind: 'content', mediaType: concreteMediaType(media.name) } as const };
  return { ...parameterOf(reading, declaration, schema), in: location, ...written };
}

/** The shape stands under `schema`; authors who come from Swagger 2.0 leave it in the parameter itself. */
function readParameterSchema(reading: Reading, value: JsonObject, pointer: string): SchemaModel {
  const schema = member(value, 'schema');
  if (schema !== undefined) return readSchema(reading, schema, `${pointer}/schema`);
  return member(value, 'type') === undefined ? { kind: 'string' } : readSchema(reading, value, pointer);
}

function parameterOf(reading: Reading, declaration: Declared, schema: SchemaModel): Omit<ParameterModel, 'in'> {
  const { value, pointer, name } = declaration;
  const behind = readBehind(reading, schema);
  const defaultValue = schema.default ?? behind.default;
  const labels = readLabels(reading, declaration);
  const isLabelled = member(value, 'x-ms-summary') !== undefined;
  const isDouble = declaration.in === 'path' && member(value, 'x-ms-url-encoding') === 'double';
  const { summary, visibility, extensions, ...ofValue } = schema;
  return {
    name,
    required: declaration.in === 'path' || isTrue(member(value, 'required')),
    schema: ofValue,
    urlEncoding: isDouble ? 'double' : 'single',
    ...labels,
    // The vocabulary may stand beside the schema or in it.
    ...(!isLabelled && summary !== undefined && { summary }),
    ...(labels.visibility === 'normal' && { visibility: readVisibility(visibility) }),
    ...(defaultValue !== undefined && { default: defaultValue }),
    allowEmptyValue: isTrue(member(value, 'allowEmptyValue')),
    ...(isTrue(member(value, 'deprecated')) && { deprecated: true }),
    extensions: { ...extensions, ...extensionsOf(value, isDouble ? modelledWhenDouble : modelled) },
    pointer,
  };
}

/** A parameter that is the whole query string (OpenAPI 3.2): a form's fields are query parameters, anything else is one text. */
function readQueryString(reading: Reading, declaration: Declared, operation: string): readonly ParameterModel[] {
  const { value, pointer } = declaration;
  const media = preferredMediaType(readContent(reading, value, pointer));
  if (media !== undefined && isUrlForm(media.name)) {
    const isRequired = isTrue(member(value, 'required'));
    const fields = readFormFields(reading, media, { operation, isRequired, location: 'query' });
    if (fields !== undefined) return fields;
  }
  const schema = media === undefined ? { kind: 'string' as const } : readMediaSchema(reading, media);
  const mediaType = media === undefined ? 'text/plain' : concreteMediaType(media.name);
  return [{ ...parameterOf(reading, declaration, schema), in: 'query', style: { kind: 'querystring', mediaType } }];
}
