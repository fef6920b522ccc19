import type { EagerFunction } from '../function-definition.ts';
import { bodyOf } from './body-of.ts';
import { formValues } from './form-data.ts';

export const formDataMultiValues: EagerFunction = {
  kind: 'eager',
  name: 'formDataMultiValues',
  parameters: ['string', 'string'],
  apply: ([name, key], scope) => formValues(bodyOf(scope.actionOutputs(name as string)), key),
};
