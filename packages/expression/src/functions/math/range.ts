import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

const maxCount = 100_000;

export const range: EagerFunction = {
  kind: 'eager',
  name: 'range',
  parameters: ['integer', 'integer'],
  apply: ([first, length], _, meter) => {
    const [start, count] = [Number(first), Number(length)];
    if (count < 1 || count > maxCount || start + count > 2_147_483_647) {
      throw invalidArgument(
        'range',
        `parameters are out of range: 'count' must be a positive integer no larger than '${maxCount}' and the sum of 'start index' and 'count' must be no larger than '2147483647'.`,
      );
    }
    meter.charge(count);
    return Array.from({ length: count }, (_, index) => start + index);
  },
};
