import type { JsonObject, JsonValue, SchemaModel } from '../model.ts';
import { readSchema } from '../schema/read-schema.ts';
import { escapePointer } from '../source/pointer.ts';
import { isObject, member, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';

/** An entry of a `content` map. */
export type MediaType = { readonly name: string; readonly value: JsonObject; readonly pointer: string };

/** The entries of a Media Type map, `$ref`s followed. */
export function readContent(reading: Reading, parent: JsonObject, pointer: string): readonly MediaType[] {
  return Object.entries(reading.object(parent, 'content', pointer)).flatMap(([name, item]): MediaType[] => {
    const at = `${pointer}/content/${escapePointer(name)}`;
    if (name.startsWith('x-') && !name.includes('/')) return [];
    if (!isObject(item)) return [{ name, value: {}, pointer: at }];
    const target = follow(reading, item, at);
    return target === undefined ? [] : [{ name, ...target }];
  });
}

/** The entry that is used of several: JSON first, then forms, else the first one. */
export function preferredMediaType(content: readonly MediaType[]): MediaType | undefined {
  return (
    content.find(({ name }) => isJson(name)) ??
    content.find(({ name }) => isMultipartForm(name)) ??
    content.find(({ name }) => isUrlForm(name)) ??
    content[0]
  );
}

/** The media type that is sent or asked for: a range stands for its usual member. */
export function concreteMediaType(name: string): string {
  const [type = ''] = name.split(';', 1);
  switch (type.trim().toLowerCase()) {
    case '':
    case '*':
    case '*/*':
    case 'application/*':
      return 'application/json';
    case 'text/*':
      return 'text/plain';
    case 'multipart/*':
      return 'multipart/form-data';
    default:
      return type.includes('*') ? 'application/octet-stream' : name.trim();
  }
}

export function isJson(name: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(concreteMediaType(name));
}

export function isUrlForm(name: string): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(name.trim());
}

export function isMultipartForm(name: string): boolean {
  return /^multipart\/(form-data|\*)\s*(;|$)/i.test(name.trim());
}

/** The entries that say something else than the used one, and are therefore left out. */
export function otherShapes(content: readonly MediaType[], used: MediaType): readonly MediaType[] {
  const shape = JSON.stringify(shapeOf(used));
  return content.filter((one) => one !== used && JSON.stringify(shapeOf(one)) !== shape);
}

function shapeOf({ value }: MediaType): JsonValue {
  return [member(value, 'schema') ?? null, member(value, 'itemSchema') ?? null, member(value, 'encoding') ?? null];
}

/** A media type's schema. What follows one another as JSON (`itemSchema`, OpenAPI 3.2) is an array. */
export function readMediaSchema(reading: Reading, { name, value, pointer }: MediaType): SchemaModel {
  const items = member(value, 'itemSchema');
  if (member(value, 'schema') !== undefined || items === undefined) {
    return readSchema(reading, member(value, 'schema'), `${pointer}/schema`);
  }
  if (/^application\/(jsonl|x-jsonlines|x-ndjson|json-seq)\s*(;|$)/i.test(name)) {
    return { kind: 'array', items: readSchema(reading, items, `${pointer}/itemSchema`) };
  }
  reading.lose('item-schema-not-carried', `${pointer}/itemSchema`, { mediaType: name });
  return { kind: 'any' };
}

/** A schema with the example that stands beside it (`example`, or the first of `examples`). */
export function withExample(
  reading: Reading,
  schema: SchemaModel,
  holder: JsonObject,
  pointer: string,
  subject: string,
): SchemaModel {
  const first = readExample(reading, holder, pointer, subject);
  if (first === undefined || schema.constraints?.['example'] !== undefined) return schema;
  return { ...schema, constraints: { ...schema.constraints, example: first } };
}

/** The example of what has one or several. */
export function readExample(
  reading: Reading,
  holder: JsonObject,
  pointer: string,
  subject: string,
): JsonValue | undefined {
  const [first, second] = readExamples(reading, holder, pointer);
  if (second !== undefined) reading.lose('examples-not-carried', `${pointer}/examples`, { subject });
  return first;
}

function readExamples(reading: Reading, holder: JsonObject, pointer: string): readonly JsonValue[] {
  const single = member(holder, 'example');
  if (single !== undefined) return [single];
  const named = member(holder, 'examples');
  if (!isObject(named)) return [];
  return Object.entries(named).flatMap(([name, item]): JsonValue[] => {
    const target = isObject(item) ? follow(reading, item, `${pointer}/examples/${escapePointer(name)}`) : undefined;
    const value = target && (member(target.value, 'value') ?? member(target.value, 'dataValue'));
    return value === undefined ? [] : [value];
  });
}
