import type { JsonValue } from '../model.ts';
import { placeholderType } from './placeholder-types.ts';

const maxDepth = 60;
const byFormat: Readonly<Record<string, JsonValue>> = {
  date: '2000-01-01',
  'date-time': '2000-01-01T00:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'someone@example.com',
  uri: 'https://example.com/',
};

/** A document with a value of the right type for every placeholder such as `<integer>`, so that its shape can be inferred. */
export function fillPlaceholders(value: JsonValue, depth = 0): JsonValue {
  if (typeof value === 'string') return fillText(value);
  if (typeof value !== 'object' || value === null || depth > maxDepth) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => fillPlaceholders(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, JsonValue]) => [name, fillPlaceholders(item, depth + 1)]),
  );
}

function fillText(text: string): JsonValue {
  const schema = placeholderType(text);
  switch (schema?.kind) {
    case undefined:
      // Postman's note in the place of a value that it did not write out.
      return /^<(Circular reference|Error: Too many levels)[^<>]*>$/.test(text) ? null : text;
    case 'integer':
      return 1;
    case 'number':
      return 1.5;
    case 'boolean':
      return true;
    default:
      return (schema?.format === undefined ? undefined : byFormat[schema.format]) ?? 'text';
  }
}
