import type { Evaluator, Value } from '../../contract.ts';
import { measureJson } from '../../measure-json.ts';
import type { Meter } from '../../meter.ts';
import { equalValues } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';

/** Deep, without coercion between types. */
export const equals: EagerFunction = {
  kind: 'eager',
  name: 'equals',
  parameters: ['any', 'any'],
  apply: ([left = null, right = null], _, meter) => areEqual(left, right, meter),
  compile: ([first, second], meter) => {
    const [left, right] = [first as Evaluator, second as Evaluator];
    return (scope) => areEqual(left(scope), right(scope), meter);
  },
};

function areEqual(left: Value, right: Value, meter: Meter): boolean {
  if (left === right) return true;
  if (typeof left === 'object' && typeof right === 'object') measureJson(left, meter);
  return equalValues(left, right);
}
