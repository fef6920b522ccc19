import type { Operation } from '../api/connectors.ts';
import type { Json } from '../api/request.ts';

export type Arguments =
  | { readonly kind: 'valid'; readonly value: { readonly [name: string]: Json } }
  | { readonly kind: 'invalid'; readonly message: string };

/** Reads what a person typed as parameters. */
export function readArguments(text: string): Arguments {
  if (text.trim() === '') return { kind: 'valid', value: {} };
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { kind: 'valid', value: value as { readonly [name: string]: Json } };
    return { kind: 'invalid', message: 'Write an object, such as {"id": 1}.' };
  } catch (error) {
    return { kind: 'invalid', message: error instanceof Error ? error.message : String(error) };
  }
}

/** A start for the parameters of an operation: what is required, with its default or an empty value. */
export function exampleArguments(operation: Operation | undefined): string {
  const required = (operation?.parameters ?? []).filter(
    (parameter) => parameter.required && parameter.visibility !== 'internal',
  );
  if (required.length === 0) return '{}';
  const entries = required.map((parameter) => [
    parameter.name,
    parameter.default ?? parameter.enum?.[0] ?? emptyValue(parameter.type),
  ]);
  return JSON.stringify(Object.fromEntries(entries), null, 2);
}

function emptyValue(type: string): Json {
  switch (type) {
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return '';
  }
}
