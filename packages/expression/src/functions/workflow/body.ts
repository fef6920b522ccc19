import type { EagerFunction } from '../function-definition.ts';
import { bodyOf } from './body-of.ts';

export const body: EagerFunction = {
  kind: 'eager',
  name: 'body',
  parameters: ['string'],
  apply: ([name], scope) => bodyOf(scope.actionOutputs(name as string)),
};

export const actionBody: EagerFunction = { ...body, name: 'actionBody' };
