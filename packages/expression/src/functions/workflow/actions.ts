import type { EagerFunction } from '../function-definition.ts';

export const actions: EagerFunction = {
  kind: 'eager',
  name: 'actions',
  parameters: ['string'],
  apply: ([name], scope) => scope.action(name as string),
};
