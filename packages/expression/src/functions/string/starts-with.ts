import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

export const startsWith: EagerFunction = {
  kind: 'eager',
  name: 'startsWith',
  parameters: ['string', 'string'],
  apply: ([text, search]) => toInvariantUpper(text as string).startsWith(toInvariantUpper(search as string)),
};
