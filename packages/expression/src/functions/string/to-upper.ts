import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

export const toUpper: EagerFunction = {
  kind: 'eager',
  name: 'toUpper',
  parameters: ['string'],
  apply: ([text], _, meter) => toInvariantUpper(text as string, meter),
};
