import type { EagerFunction } from '../function-definition.ts';
import { toInvariantLower } from './case-of.ts';

export const toLower: EagerFunction = {
  kind: 'eager',
  name: 'toLower',
  parameters: ['string'],
  apply: ([text], _, meter) => toInvariantLower(text as string, meter),
};
