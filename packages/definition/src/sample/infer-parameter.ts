import type { JsonValue, SchemaModel } from '../model.ts';
import { inferSchema } from '../schema/infer-schema.ts';
import { inferPlaceholders, isPlaceholder } from './placeholder-types.ts';

/** The schema of a parameter by the texts that were sent for it; a placeholder such as `<integer>` says its type itself. */
export function inferParameter(
  location: 'path' | 'query' | 'header' | 'formData',
  texts: readonly string[],
): SchemaModel {
  const stated = inferPlaceholders(texts);
  if (stated !== undefined) return stated;
  const filled = texts.filter((text) => text !== '' && !isPlaceholder(text));
  if (filled.length === 0) return { kind: 'string' };
  // An identifier in a path or header that happens to be a number need not always be one.
  const isTyped = location === 'query' || location === 'formData';
  if (location === 'query' && filled.every((text) => listOfNames.test(text))) {
    return { kind: 'array', items: { kind: 'string' }, collectionFormat: 'csv' };
  }
  const schema = inferSchema(filled.map((text) => (isTyped ? typicalValue(text) : text)));
  return schema.kind === 'anyOf' ? { kind: 'string' } : schema;
}

/** `id,name`: whoever gives it as one text still sends the same. */
const listOfNames = /^[A-Za-z_][\w.-]*(,[A-Za-z_][\w.-]*)+$/;

/** `1.0` is a number with a fraction, though its value is an integer's. */
function typicalValue(text: string): JsonValue {
  const value = typedValue(text);
  return typeof value === 'number' && text.includes('.') ? 0.5 : value;
}

/** The value that a text stands for: `true`, `10` and `1.5` are what they look like, `007`, `1e3` and `+49…` are texts. */
export function typedValue(text: string): JsonValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (!/^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(text)) return text;
  return Number(text);
}
