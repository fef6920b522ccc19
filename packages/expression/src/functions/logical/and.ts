import { checkArgument } from '../check-arguments.ts';
import type { LazyFunction } from '../function-definition.ts';

/** Stops at the first false. */
export const and: LazyFunction = {
  kind: 'lazy',
  name: 'and',
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  rest: 'boolean',
  compile: (operands) => (scope) => {
    for (const [index, operand] of operands.entries()) {
      const value = operand(scope);
      checkArgument('and', 'boolean', value, index, operands.length);
      if (value === false) return false;
    }
    return true;
  },
};
