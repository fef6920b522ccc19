import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

export const endsWith: EagerFunction = {
  kind: 'eager',
  name: 'endsWith',
  parameters: ['string', 'string'],
  apply: ([text, search]) => toInvariantUpper(text as string).endsWith(toInvariantUpper(search as string)),
};
