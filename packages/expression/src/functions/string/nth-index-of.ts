import { indexOfText, lastIndexOfText } from '../../text-search.ts';
import type { EagerFunction } from '../function-definition.ts';
import { toInvariantUpper } from './case-of.ts';

/** The n-th occurrence from the start, or with a negative n from the end; -1 when there are not so many. */
export const nthIndexOf: EagerFunction = {
  kind: 'eager',
  name: 'nthIndexOf',
  parameters: ['string', 'string', 'integer'],
  apply: ([given, sought, occurrence], _, meter) => {
    const [text, search, count] = [
      toInvariantUpper(given as string, meter),
      toInvariantUpper(sought as string, meter),
      Number(occurrence),
    ];
    if (count === 0 || search === '') return search === '' && count !== 0 ? 0 : -1;
    let at = count > 0 ? -1 : text.length;
    for (let found = 0; found < Math.abs(count); found += 1) {
      if (count < 0 && at === 0) return -1;
      meter.charge(search.length);
      at = count > 0 ? indexOfText(text, search, at + 1) : lastIndexOfText(text, search, at - 1);
      if (at === -1) return -1;
    }
    return at;
  },
};
