import { isDeepStrictEqual } from 'node:util';
import {
  type ConnectorModel,
  type JsonObject,
  type JsonValue,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';

const maxDepth = 12;

/** Whether a value is one that a schema allows, as far as types, enumerations, patterns and formats say. */
export function conforms(model: ConnectorModel, schema: SchemaModel, value: JsonValue, depth = 0): boolean {
  const resolved = resolveSchema(model, schema);
  const choices = schema.enum ?? resolved.enum;
  if (choices !== undefined && !choices.some((one) => isDeepStrictEqual(one, value))) return false;
  if (depth > maxDepth) return true;
  switch (resolved.kind) {
    case 'string':
      return typeof value === 'string' && matches(resolved, value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'array':
      return isList(value) && value.every((item) => conforms(model, resolved.items, item, depth + 1));
    case 'object':
      return (
        isObject(value) &&
        [...resolved.properties].every(
          ([name, one]) => !Object.hasOwn(value, name) || conforms(model, one, value[name] ?? null, depth + 1),
        )
      );
    default:
      return true;
  }
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Formats that a text can be held to (OpenAPI 2.0, Data Types; JSON Schema validation, §7.3). */
const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i,
  duration: /^P\d*[\dYMWDTHS.]+$/,
  'json-pointer': /^(\/.*)?$/,
  time: /^\d\d:\d\d:\d\d/,
  uri: /^[a-z][a-z0-9+.-]*:/i,
  ipv4: /^\d{1,3}(\.\d{1,3}){3}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /^[^@\s]+@[^@\s]+$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  byte: /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
};

function matches({ format, constraints }: SchemaModel, text: string): boolean {
  if (format !== undefined && Object.hasOwn(formats, format) && formats[format]?.test(text) === false) return false;
  const pattern = constraints?.['pattern'];
  if (typeof pattern !== 'string') return true;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    // Not a pattern of this language's: nobody is held to it.
    return true;
  }
}
