import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

export const endsWith: EagerFunction = {
  kind: 'eager',
  name: 'endsWith',
  parameters: ['string', 'string'],
  apply: ([text, search], _, meter) =>
    toInvariantUpper(text as string, meter).endsWith(toInvariantUpper(search as string, meter)),
};
