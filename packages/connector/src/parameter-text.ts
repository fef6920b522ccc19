import type { JsonValue, ParameterModel, SchemaModel } from '@patchbay/definition';
import { ConnectorError } from './errors.ts';

const separators = { csv: ',', ssv: ' ', tsv: '\t', pipes: '|' } as const;

/** A parameter's value as texts: one, or for `multi` one an item. */
export type WriteTexts = (value: JsonValue) => readonly string[];

/** Chooses once how a parameter's values are written (OpenAPI 2.0, Parameter Object). */
export function compileTexts(parameter: ParameterModel): WriteTexts {
  const { schema, collectionFormat } = parameter;
  if (schema.kind !== 'array') return (value) => [writeText(value, schema, parameter)];
  const { items } = schema;
  const format = collectionFormat ?? 'csv';
  return (value) => {
    const texts = (Array.isArray(value) ? value : [value]).map((item: JsonValue) => writeItem(item, items, parameter));
    return format === 'multi' ? texts : [texts.join(separators[format])];
  };
}

function writeItem(value: JsonValue, items: SchemaModel, parameter: ParameterModel): string {
  // An array of arrays is written by the inner collection format.
  if (items.kind !== 'array' || !Array.isArray(value)) return writeText(value, items, parameter);
  const format = items.collectionFormat === 'multi' ? 'csv' : (items.collectionFormat ?? 'csv');
  return value.map((item: JsonValue) => writeText(item, items.items, parameter)).join(separators[format]);
}

function writeText(value: JsonValue, schema: SchemaModel, parameter: ParameterModel): string {
  switch (schema.kind) {
    case 'integer':
      return writeNumber(value, parameter, 'an integer', /^[+-]?\d+$/);
    case 'number':
      return writeNumber(value, parameter, 'a number', /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i);
    case 'boolean': {
      const text = String(value).toLowerCase();
      if (text === 'true' || text === 'false') return text;
      throw invalid(parameter, 'true or false', value);
    }
    default:
      return plainText(value);
  }
}

function writeNumber(value: JsonValue, parameter: ParameterModel, expected: string, pattern: RegExp): string {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  if (pattern.test(text)) return text;
  throw invalid(parameter, expected, value);
}

export function plainText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function invalid(parameter: ParameterModel, expected: string, value: JsonValue): ConnectorError {
  const shown = JSON.stringify(value);
  const found = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
  return new ConnectorError(
    'parameter-invalid',
    `The parameter ${parameter.name} takes ${expected}, and was given ${found}.`,
  );
}
