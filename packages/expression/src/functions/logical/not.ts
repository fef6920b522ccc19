import type { EagerFunction } from '../function-definition.ts';

export const not: EagerFunction = {
  kind: 'eager',
  name: 'not',
  parameters: ['boolean'],
  apply: ([value]) => value === false,
};
