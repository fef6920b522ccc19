import type { Value } from '../../contract.ts';
import type { Meter } from '../../meter.ts';
import { isNumber, type NumberValue, RealNumber, toDecimal } from '../../numbers.ts';
import { isArray } from '../../values.ts';

/**
 * A key that two values have in common exactly when they are equal: numbers by value whatever their kind, objects whatever the order of
 * their members. So that sets of values are found by hashing and not pair by pair.
 */
export function canonicalKey(value: Value, meter: Meter): string | boolean | null {
  if (typeof value === 'string') return `s${value}`;
  if (isNumber(value)) return `n${numberKey(value)}`;
  if (typeof value !== 'object' || value === null) return value;
  const key = compositeKey(value, meter);
  meter.charge(key.length);
  return key;
}

function numberKey(value: NumberValue): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  if (typeof value === 'bigint') return value.toString();
  const number = value instanceof RealNumber ? value.number : value;
  // A float stands for its exact value where that is whole.
  if (Number.isInteger(number) && !(value instanceof RealNumber && value.decimal !== undefined))
    return BigInt(number).toString();
  let { unscaled, scale } = toDecimal(value);
  while (scale > 0 && unscaled % 10n === 0n) {
    unscaled /= 10n;
    scale -= 1;
  }
  return scale === 0 ? unscaled.toString() : `${unscaled}e-${scale}`;
}

function compositeKey(value: Value, meter: Meter): string {
  if (isArray(value)) return `[${value.map((item) => lengthened(item, meter)).join('')}]`;
  const object = value as { readonly [name: string]: Value };
  const names = Object.keys(object).sort();
  return `{${names.map((name) => `${name.length}:${name}${lengthened(object[name] ?? null, meter)}`).join('')}}`;
}

/** With its length before it, so that no text can pass for the end of another. */
function lengthened(value: Value, meter: Meter): string {
  const key = String(canonicalKey(value, meter));
  return `${key.length}:${key}`;
}
