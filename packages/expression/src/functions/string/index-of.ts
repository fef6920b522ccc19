import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

export const indexOf: EagerFunction = {
  kind: 'eager',
  name: 'indexOf',
  parameters: ['string', 'string'],
  apply: ([text, search]) => toInvariantUpper(text as string).indexOf(toInvariantUpper(search as string)),
};
