import type { EagerFunction } from '../function-definition.ts';
import { bodyOf } from './body-of.ts';
import { singleFormValue } from './single-form-value.ts';

export const formDataValue: EagerFunction = {
  kind: 'eager',
  name: 'formDataValue',
  parameters: ['string', 'string'],
  apply: ([name, key], scope) => singleFormValue('formDataValue', bodyOf(scope.actionOutputs(name as string)), key),
};
