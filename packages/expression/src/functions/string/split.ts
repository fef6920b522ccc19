import { maximumItems } from '../../meter.ts';
import { splitText } from '../../text-search.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkItemCount } from '../limits.ts';

export const split: EagerFunction = {
  kind: 'eager',
  name: 'split',
  parameters: ['string', 'string'],
  apply: ([text, delimiter]) => {
    if (delimiter === '') throw invalidArgument('split', 'expects its second parameter not to be empty.');
    const parts = splitText(text as string, delimiter as string, maximumItems + 1);
    checkItemCount('split', parts.length);
    return parts;
  },
};
