import type { EagerFunction } from '../function-definition.ts';
import { bodyOf } from './body-of.ts';
import { multipartPart } from './multipart-part.ts';

export const multipartBody: EagerFunction = {
  kind: 'eager',
  name: 'multipartBody',
  parameters: ['string', 'integer'],
  apply: ([name, index], scope) => multipartPart('multipartBody', bodyOf(scope.actionOutputs(name as string)), index),
};
