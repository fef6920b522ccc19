import {
  type ConnectorModel,
  type JsonValue,
  type ParameterModel,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';
import { ConnectorError } from './errors.ts';

const separators = { csv: ',', ssv: ' ', tsv: '\t', pipes: '|' } as const;

/** A parameter's value as texts: one, or for `multi` one an item. */
export type WriteTexts = (value: JsonValue) => readonly string[];

/** Chooses once how a parameter's values are written where no style is stated (OpenAPI 2.0, Parameter Object). */
export function compileTexts(model: ConnectorModel, parameter: ParameterModel): WriteTexts {
  const { collectionFormat } = parameter;
  const schema = resolveSchema(model, parameter.schema);
  if (schema.kind !== 'array' && collectionFormat === undefined) {
    return (value) => [writeText(value, schema, parameter)];
  }
  const items = schema.kind === 'array' ? resolveSchema(model, schema.items) : any;
  const format = collectionFormat ?? 'csv';
  return (value) => {
    const texts = (Array.isArray(value) ? value : [value]).map((item: JsonValue) => writeItem(item, items, parameter));
    return format === 'multi' ? texts : [texts.join(separators[format])];
  };
}

/** Chooses once how a value is written that is no list: numbers and truth values are checked, the rest is text or JSON. */
export function compilePlainValue(model: ConnectorModel, parameter: ParameterModel): (value: JsonValue) => JsonValue {
  const schema = resolveSchema(model, parameter.schema);
  const isChecked = schema.kind === 'integer' || schema.kind === 'number' || schema.kind === 'boolean';
  return isChecked ? (value) => writeText(value, schema, parameter) : (value) => value;
}

const any: SchemaModel = { kind: 'any' };

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
