import type { EagerFunction } from '../function-definition.ts';
import { bodyOf } from './body-of.ts';
import { triggerOutputsOf } from './trigger-outputs.ts';

export const triggerBody: EagerFunction = {
  kind: 'eager',
  name: 'triggerBody',
  parameters: [],
  apply: (_, scope) => bodyOf(triggerOutputsOf(scope)),
};
