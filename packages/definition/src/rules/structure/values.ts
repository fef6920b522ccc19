import type { JsonObject, JsonValue } from '../../model.ts';
import { isObject, member } from '../../source/reading.ts';

/** The types that a schema states, lower case; empty when it states none. */
export function typesOf(schema: JsonObject): readonly string[] {
  const type = member(schema, 'type');
  const stated = Array.isArray(type) ? type : [type];
  return stated.filter((one): one is string => typeof one === 'string').map((one) => one.toLowerCase());
}

/** Whether a value is of one of the types that a schema states; a schema without types takes any. */
export function fitsType(value: JsonValue, schema: JsonObject): boolean {
  const types = typesOf(schema);
  if (types.length === 0 || value === null) return true;
  return types.some((type) => {
    switch (type) {
      case 'string':
      case 'file':
        return typeof value === 'string';
      case 'integer':
        return typeof value === 'number' && Number.isInteger(value);
      case 'number':
      case 'boolean':
        return typeof value === type;
      case 'array':
        return Array.isArray(value);
      case 'object':
        return isObject(value);
      default:
        return true;
    }
  });
}
