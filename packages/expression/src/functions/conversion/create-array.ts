import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

/** An empty array cannot be made. Real definitions try, so that is found when it is evaluated, not when they are read. */
export const createArray: EagerFunction = {
  kind: 'eager',
  name: 'createArray',
  parameters: [],
  rest: 'any',
  apply: (values) => {
    if (values.length === 0) throw invalidArgument('createArray', 'expects at least one parameter.');
    return values;
  },
};
