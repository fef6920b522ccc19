import { maximumItems } from '../../meter.ts';
import { splitText } from '../../text-search.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkItemCount } from '../limits.ts';

/** Nothing is no delimiter: the text stays whole. */
export const split: EagerFunction = {
  kind: 'eager',
  name: 'split',
  parameters: ['string', 'string'],
  apply: ([text, delimiter]) => {
    if (delimiter === '') return [text as string];
    const parts = splitText(text as string, delimiter as string, maximumItems + 1);
    checkItemCount('split', parts.length);
    return parts;
  },
};
