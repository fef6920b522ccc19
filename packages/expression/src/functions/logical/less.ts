import type { EagerFunction } from '../function-definition.ts';
import { compareValues } from './compare-values.ts';

export const less: EagerFunction = {
  kind: 'eager',
  name: 'less',
  parameters: ['any', 'any'],
  apply: (values) => compareValues('less', values) < 0,
};
