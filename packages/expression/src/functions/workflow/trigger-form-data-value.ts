import type { EagerFunction } from '../function-definition.ts';
import { bodyOf } from './body-of.ts';
import { singleFormValue } from './single-form-value.ts';
import { triggerOutputsOf } from './trigger-outputs.ts';

export const triggerFormDataValue: EagerFunction = {
  kind: 'eager',
  name: 'triggerFormDataValue',
  parameters: ['string'],
  apply: ([key], scope) => singleFormValue('triggerFormDataValue', bodyOf(triggerOutputsOf(scope)), key),
};
