import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

export const startsWith: EagerFunction = {
  kind: 'eager',
  name: 'startsWith',
  parameters: ['string', 'string'],
  apply: ([text, search], _, meter) =>
    toInvariantUpper(text as string, meter).startsWith(toInvariantUpper(search as string, meter)),
};
