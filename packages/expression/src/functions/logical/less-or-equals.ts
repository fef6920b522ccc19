import type { EagerFunction } from '../function-definition.ts';
import { compareValues } from './compare-values.ts';

export const lessOrEquals: EagerFunction = {
  kind: 'eager',
  name: 'lessOrEquals',
  parameters: ['any', 'any'],
  apply: (values) => compareValues('lessOrEquals', values) <= 0,
};
