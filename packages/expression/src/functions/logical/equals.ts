import { equalValues } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';

/** Deep, without coercion between types. */
export const equals: EagerFunction = {
  kind: 'eager',
  name: 'equals',
  parameters: ['any', 'any'],
  apply: ([left = null, right = null]) => equalValues(left, right),
};
