import type { EagerFunction } from '../function-definition.ts';

export const parameters: EagerFunction = {
  kind: 'eager',
  name: 'parameters',
  parameters: ['string'],
  apply: ([name], scope) => scope.parameter(name as string),
};
