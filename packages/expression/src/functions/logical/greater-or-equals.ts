import type { EagerFunction } from '../function-definition.ts';
import { compareValues } from './compare-values.ts';

export const greaterOrEquals: EagerFunction = {
  kind: 'eager',
  name: 'greaterOrEquals',
  parameters: ['any', 'any'],
  apply: (values) => compareValues('greaterOrEquals', values) >= 0,
};
