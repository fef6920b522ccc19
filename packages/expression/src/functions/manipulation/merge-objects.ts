import type { ValueObject } from '../../contract.ts';
import { objectOf } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';

/** Members of the second win. */
export const mergeObjects: EagerFunction = {
  kind: 'eager',
  name: 'mergeObjects',
  parameters: ['object', 'object'],
  apply: ([left, right]) => objectOf([...Object.entries(left as ValueObject), ...Object.entries(right as ValueObject)]),
};
