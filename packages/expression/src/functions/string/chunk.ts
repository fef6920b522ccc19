import type { Value } from '../../contract.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkItemCount } from '../limits.ts';

export const chunk: EagerFunction = {
  kind: 'eager',
  name: 'chunk',
  parameters: ['string or array', 'integer'],
  apply: ([collection = null, size = null]) => {
    const length = Number(size);
    if (length < 1) throw invalidArgument('chunk', `expects a length of at least 1, and was given ${length}.`);
    const source = collection as string | readonly Value[];
    checkItemCount('chunk', Math.ceil(source.length / length));
    const chunks: Value[] = [];
    for (let start = 0; start < source.length; start += length) chunks.push(source.slice(start, start + length));
    return chunks;
  },
};
