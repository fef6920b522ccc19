import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

const maxCount = 100_000;

export const range: EagerFunction = {
  kind: 'eager',
  name: 'range',
  parameters: ['integer', 'integer'],
  apply: ([first, length]) => {
    const [start, count] = [Number(first), Number(length)];
    if (count < 1 || count > maxCount || start + count > 2_147_483_647) {
      throw invalidArgument(
        'range',
        `expects a count from 1 to ${maxCount} and a sum of its parameters of at most 2147483647.`,
      );
    }
    return Array.from({ length: count }, (_, index) => start + index);
  },
};
