import type { EagerFunction } from '../function-definition.ts';

export const items: EagerFunction = {
  kind: 'eager',
  name: 'items',
  parameters: ['string'],
  apply: ([loop], scope) => scope.items(loop as string),
};
