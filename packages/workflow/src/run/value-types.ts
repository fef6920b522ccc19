import type { Real, Value, ValueObject } from '@patchbay/expression';

export type ValueType = 'Null' | 'Boolean' | 'Integer' | 'Float' | 'String' | 'Array' | 'Object';

/** The type of a value as the platform's messages name it. */
export function typeOf(value: Value): ValueType {
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'number':
      return Number.isInteger(value) ? 'Integer' : 'Float';
    case 'bigint':
      return 'Integer';
    case 'boolean':
      return 'Boolean';
    default:
      if (value === null) return 'Null';
      if (isList(value)) return 'Array';
      return isReal(value) ? 'Float' : 'Object';
  }
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isReal(value: Value | undefined): value is Real {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && (value as Real).isReal === true;
}

/** An object proper. */
export type PlainObject = ValueObject & { readonly isReal?: never };

/** Neither a list nor a {@link Real}. */
export function isRecord(value: Value | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && (value as Real).isReal !== true;
}

/** A member of an object value; `undefined` of anything else. */
export function valueMember(value: Value | undefined, name: string): Value | undefined {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A text in lower case; nothing of anything else. */
export function lowerText(value: Value | undefined): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

/** The number of a numeric value, losing what a double cannot hold. */
export function asNumber(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return isReal(value) ? value.number : undefined;
}
