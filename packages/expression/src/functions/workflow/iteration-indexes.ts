import type { EagerFunction } from '../function-definition.ts';

export const iterationIndexes: EagerFunction = {
  kind: 'eager',
  name: 'iterationIndexes',
  parameters: ['string'],
  apply: ([until], scope) => scope.iterationIndex(until as string),
};
