import type { Value } from './contract.ts';
import { ExpressionError } from './errors.ts';
import { type Meter, maximumTextLength } from './meter.ts';

/**
 * Throws when a value would make a JSON text that is too long. Values share parts, so what takes little memory may be endless as a
 * text; it is stopped before it is written.
 */
export function measureJson(value: Value, meter: Meter): void {
  const left = measure(value, maximumTextLength);
  if (left < 0) {
    throw new ExpressionError(`The value would make a text of more than ${maximumTextLength} characters.`, {
      reason: 'limit-exceeded',
    });
  }
  meter.charge(maximumTextLength - left);
}

/** How much is left of an allowance, at least; negative when it does not do. */
function measure(value: Value, allowance: number): number {
  if (typeof value === 'string') return allowance - value.length - 2;
  if (typeof value !== 'object' || value === null) return allowance - 1;
  let left = allowance - 2;
  if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) {
      left = measure(item, left - 1);
      if (left < 0) return left;
    }
    return left;
  }
  for (const [name, item] of Object.entries(value)) {
    left = measure(item as Value, left - name.length - 3);
    if (left < 0) return left;
  }
  return left;
}
