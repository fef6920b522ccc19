import type { EagerFunction } from '../function-definition.ts';

export const variables: EagerFunction = {
  kind: 'eager',
  name: 'variables',
  parameters: ['string'],
  apply: ([name], scope) => scope.variable(name as string),
};
