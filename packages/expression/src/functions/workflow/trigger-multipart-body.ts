import type { EagerFunction } from '../function-definition.ts';
import { bodyOf } from './body-of.ts';
import { multipartPart } from './multipart-part.ts';
import { triggerOutputsOf } from './trigger-outputs.ts';

export const triggerMultipartBody: EagerFunction = {
  kind: 'eager',
  name: 'triggerMultipartBody',
  parameters: ['integer'],
  apply: ([index], scope) => multipartPart('triggerMultipartBody', bodyOf(triggerOutputsOf(scope)), index),
};
