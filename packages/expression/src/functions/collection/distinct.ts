import type { Value } from '../../contract.ts';
import type { Meter } from '../../meter.ts';
import { canonicalKey } from './canonical-key.ts';

/** Each value once, in the order of first appearance. */
export function distinct(values: Iterable<Value>, meter: Meter): readonly Value[] {
  const seen = new Set<string | boolean | null>();
  const kept: Value[] = [];
  for (const value of values) {
    const key = canonicalKey(value, meter);
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(value);
  }
  return kept;
}
