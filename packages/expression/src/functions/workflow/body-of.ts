import type { Value } from '../../contract.ts';
import { isArray, isObject, memberOf } from '../../values.ts';

/** The body of outputs; of an action in a loop that is seen from outside, of each iteration's. */
export function bodyOf(outputs: Value): Value {
  if (isObject(outputs)) return memberOf(outputs, 'body') ?? null;
  return isArray(outputs) ? outputs.map(bodyOf) : null;
}
