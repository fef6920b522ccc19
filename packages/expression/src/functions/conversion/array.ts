import type { EagerFunction } from '../function-definition.ts';

export const array: EagerFunction = {
  kind: 'eager',
  name: 'array',
  parameters: ['any'],
  apply: ([value = null]) => [value],
};
