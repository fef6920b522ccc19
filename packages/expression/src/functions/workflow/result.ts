import type { EagerFunction } from '../function-definition.ts';

export const result: EagerFunction = {
  kind: 'eager',
  name: 'result',
  parameters: ['string'],
  apply: ([scopeName], scope) => scope.result(scopeName as string),
};
