import type { Value } from '../../contract.ts';
import { isNumber, toNumber } from '../../numbers.ts';
import { equalValues, isArray, isObject, stringify } from '../../values.ts';

/** Each value once, in the order of first appearance. Buckets keep it from being quadratic. */
export function distinct(values: readonly Value[]): readonly Value[] {
  const buckets = new Map<string, Value[]>();
  const kept: Value[] = [];
  for (const value of values) {
    const key = bucketOf(value);
    const bucket = buckets.get(key) ?? [];
    if (bucket.some((other) => equalValues(other, value))) continue;
    bucket.push(value);
    buckets.set(key, bucket);
    kept.push(value);
  }
  return kept;
}

function bucketOf(value: Value): string {
  if (isNumber(value)) return `n${toNumber(value)}`;
  if (isArray(value)) return `a${value.length}${value.length < 20 ? stringify(value) : ''}`;
  if (isObject(value)) return `o${Object.keys(value).sort().join('\0')}`;
  return `${typeof value} ${String(value)}`;
}
