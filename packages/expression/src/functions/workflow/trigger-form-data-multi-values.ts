import type { EagerFunction } from '../function-definition.ts';
import { bodyOf } from './body-of.ts';
import { formValues } from './form-data.ts';
import { triggerOutputsOf } from './trigger-outputs.ts';

export const triggerFormDataMultiValues: EagerFunction = {
  kind: 'eager',
  name: 'triggerFormDataMultiValues',
  parameters: ['string'],
  apply: ([key], scope) => formValues(bodyOf(triggerOutputsOf(scope)), key),
};
