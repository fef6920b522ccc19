import type { JsonValue, Value, ValueObject } from './contract.ts';
import { compareNumbers, formatFloat, isNumber, RealNumber } from './numbers.ts';

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RealNumber);
}

/** The name of a value's type as the platform's messages have it. */
export function typeName(value: Value): string {
  if (value === null) return 'Null';
  if (isArray(value)) return 'Array';
  if (value instanceof RealNumber) return 'Float';
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'bigint':
      return 'Integer';
    case 'number':
      return Number.isInteger(value) ? 'Integer' : 'Float';
    default:
      return 'Object';
  }
}

/** An own member; whatever the name, never anything inherited. */
export function memberOf(value: ValueObject, name: string): Value | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A member whose name differs at most in case: HTTP header names. */
export function memberInAnyCase(value: ValueObject, name: string): Value | undefined {
  const exact = memberOf(value, name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const key of Object.keys(value)) if (key.toLowerCase() === lower) return value[key];
  return undefined;
}

/** An object of entries whose names may be anything. */
export function objectOf(entries: Iterable<readonly [string, Value]>): ValueObject {
  return Object.fromEntries(entries);
}

/** Deep equality without coercion; numbers by value, whatever their kind. */
export function equalValues(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (isArray(left) && isArray(right)) {
    return left.length === right.length && left.every((item, index) => equalValues(item, right[index] ?? null));
  }
  return isObject(left) && isObject(right) && equalObjects(left, right);
}

function equalObjects(left: ValueObject, right: ValueObject): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const other = memberOf(right, name);
    return other !== undefined && equalValues(left[name] ?? null, other);
  });
}

/** JSON text, compact; integers beyond 2^53 and decimals keep their digits. */
export function stringify(value: Value): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return value.toString();
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      break;
  }
  if (value === null) return 'null';
  if (isPlain(value)) return JSON.stringify(value);
  return stringifyDeep(value);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  return Number.isInteger(value) ? String(value === 0 ? 0 : value) : formatFloat(value);
}

/** Whether `JSON.stringify` says all there is to say. */
function isPlain(value: Value): boolean {
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) || Math.abs(value) >= 1e-4;
    case 'bigint':
      return false;
    case 'object':
      return value === null || isPlainObject(value);
    default:
      return true;
  }
}

/** Makes nothing: every record of a run comes through here. */
function isPlainObject(value: Exclude<Value & object, null>): boolean {
  if (isArray(value)) {
    for (const item of value) if (!isPlain(item)) return false;
    return true;
  }
  if (value instanceof RealNumber) return false;
  for (const name in value) if (!isPlain((value as ValueObject)[name] ?? null)) return false;
  return true;
}

function stringifyDeep(value: Value): string {
  if (value instanceof RealNumber) return /[.eE]/.test(value.text) ? value.text : `${value.text}.0`;
  if (isArray(value)) return `[${value.map(stringify).join(',')}]`;
  if (!isObject(value)) return stringify(value);
  return `{${Object.entries(value)
    .map(([name, item]) => `${JSON.stringify(name)}:${stringify(item)}`)
    .join(',')}}`;
}

/** The JSON value closest to a value: integers beyond 2^53 and decimals lose digits. */
export function toJson(value: Value): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof RealNumber) return value.number;
  if (isArray(value)) return value.map(toJson);
  if (!isObject(value)) return value as JsonValue;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item)]));
}

/** What `string()` and interpolation make of a value, envelopes aside. */
export function plainText(value: Value): string {
  if (value === null) return '';
  if (value instanceof RealNumber) return value.text;
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    case 'number':
      return Number.isInteger(value) ? String(value) : formatFloat(value);
    default:
      return stringify(value);
  }
}
