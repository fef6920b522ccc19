import { lastIndexOfText } from '../../text-search.ts';
import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

export const lastIndexOf: EagerFunction = {
  kind: 'eager',
  name: 'lastIndexOf',
  parameters: ['string', 'string'],
  apply: ([given, search], _, meter) => {
    const text = given as string;
    if (search === '') return text === '' ? 0 : text.length - 1;
    return lastIndexOfText(toInvariantUpper(text, meter), toInvariantUpper(search as string, meter));
  },
};
