import type { JsonValue } from '@patchbay/expression';
import { isArray, isObject } from '../../plan/json.ts';
import { escapeTemplateText } from './parse-template-expression.ts';

/** A value as a template has to write it: texts in brackets, which are no expressions, are escaped. */
export function escapeTemplate(value: JsonValue): JsonValue {
  if (typeof value === 'string') return escapeTemplateText(value);
  if (isArray(value)) return value.map(escapeTemplate);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, escapeTemplate(item)]));
}
