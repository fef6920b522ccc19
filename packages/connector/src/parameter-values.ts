import type { JsonValue } from '@patchbay/definition';
import type { Value } from '@patchbay/expression';
import type { ParameterValues } from './contract.ts';

/** Values of the expression language as parameters: an integer that a number cannot hold keeps its digits, as text. */
export function readParameterValues(values: { readonly [name: string]: Value }): ParameterValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toJson(value)]));
}

function toJson(value: Value): JsonValue {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Value) => toJson(item));
  if ('isReal' in value && value.isReal === true) return (value as { readonly number: number }).number;
  return readParameterValues(value as { readonly [name: string]: Value });
}
