import type { EagerFunction } from '../function-definition.ts';

/** An empty array cannot be made: the language wants at least one item. */
export const createArray: EagerFunction = {
  kind: 'eager',
  name: 'createArray',
  parameters: ['any'],
  rest: 'any',
  apply: (values) => values,
};
