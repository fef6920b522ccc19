import type { JsonValue } from '@patchbay/expression';
import type { DataKind, DataShape, TextFormat } from './data-shape.ts';

type Schema = { readonly [name: string]: JsonValue };

const deepest = 12;
const kinds: ReadonlySet<string> = new Set(['string', 'integer', 'number', 'boolean', 'array', 'object']);
const formats: Readonly<Record<string, TextFormat>> = {
  'date-time': 'timestamp',
  date: 'timestamp',
  uri: 'uri',
  url: 'uri',
  byte: 'base64',
  duration: 'time-span',
};

/** Adds what a JSON Schema says to a shape. Of several types and of alternatives the first that is not null counts. */
export function applySchema(shape: DataShape, schema: JsonValue | undefined, weight: number, depth = 0): void {
  if (!isSchema(schema) || depth > deepest) return;
  const type = typeOf(schema);
  if (type !== undefined) shape.hint(type, weight);
  shape.describe(schema);
  const format = typeof schema['format'] === 'string' ? formats[schema['format'].toLowerCase()] : undefined;
  if (format !== undefined) shape.hintFormat(format, weight);
  const choices = schema['enum'];
  if (Array.isArray(choices)) for (const choice of choices as readonly JsonValue[]) shape.choose(choice);
  if (schema['const'] !== undefined) shape.choose(schema['const']);
  const properties = schema['properties'];
  if (isSchema(properties)) {
    for (const [name, property] of Object.entries(properties)) {
      applySchema(shape.member(name), property, weight, depth + 1);
    }
  }
  const items = schema['items'];
  const item = Array.isArray(items) ? (items as readonly JsonValue[])[0] : items;
  if (isSchema(item)) applySchema(shape.item(), item, weight, depth + 1);
  const { minItems, minLength } = schema;
  if (typeof minItems === 'number') shape.needItems(minItems);
  if (typeof minLength === 'number') shape.needLength(minLength);
  for (const part of listOf(schema['allOf'])) applySchema(shape, part, weight, depth + 1);
  const alternative = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].find((one) => !isNull(one));
  applySchema(shape, alternative, weight, depth + 1);
}

function typeOf(schema: Schema): DataKind | undefined {
  const type = schema['type'];
  const names = (Array.isArray(type) ? (type as readonly JsonValue[]) : [type]).filter(
    (name) => typeof name === 'string' && kinds.has(name.toLowerCase()),
  );
  if (names.length > 0) return String(names[0]).toLowerCase() as DataKind;
  if (isSchema(schema['properties'])) return 'object';
  return isSchema(schema['items']) ? 'array' : undefined;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function isNull(schema: JsonValue): boolean {
  return isSchema(schema) && schema['type'] === 'null';
}

function isSchema(value: JsonValue | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
