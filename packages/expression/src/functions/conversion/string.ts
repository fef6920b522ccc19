import { toText } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';

export const string: EagerFunction = {
  kind: 'eager',
  name: 'string',
  parameters: ['any'],
  apply: ([value = null]) => toText(value),
};
