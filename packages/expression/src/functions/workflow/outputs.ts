import type { EagerFunction } from '../function-definition.ts';

export const outputs: EagerFunction = {
  kind: 'eager',
  name: 'outputs',
  parameters: ['string'],
  apply: ([name], scope) => scope.actionOutputs(name as string),
};

export const actionOutputs: EagerFunction = { ...outputs, name: 'actionOutputs' };
