import { indexOfText } from '../../text-search.ts';
import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

export const indexOf: EagerFunction = {
  kind: 'eager',
  name: 'indexOf',
  parameters: ['string', 'string'],
  apply: ([text, search], _, meter) =>
    indexOfText(toInvariantUpper(text as string, meter), toInvariantUpper(search as string, meter)),
};
