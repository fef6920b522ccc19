import type { EagerFunction } from '../function-definition.ts';
import { compareValues } from './compare-values.ts';

export const greater: EagerFunction = {
  kind: 'eager',
  name: 'greater',
  parameters: ['any', 'any'],
  apply: (values) => compareValues('greater', values) > 0,
};
