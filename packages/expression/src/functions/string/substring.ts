import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const substring: EagerFunction = {
  kind: 'eager',
  name: 'substring',
  parameters: ['string', 'integer', 'integer'],
  optional: 1,
  apply: ([given, from, count]) => {
    const text = given as string;
    const start = Number(from);
    const length = count === undefined ? text.length - start : Number(count);
    if (start < 0 || length < 0 || start + length > text.length) {
      throw invalidArgument(
        'substring',
        `parameters are out of range: 'start index' and 'length' must be non-negative integers and their sum must be no larger than the length of the string.`,
      );
    }
    return text.slice(start, start + length);
  },
};
