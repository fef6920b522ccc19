import { checkArgument } from '../check-arguments.ts';
import type { LazyFunction } from '../function-definition.ts';

/** Stops at the first true. */
export const or: LazyFunction = {
  kind: 'lazy',
  name: 'or',
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  rest: 'boolean',
  compile: (operands) => (scope) => {
    for (const [index, operand] of operands.entries()) {
      const value = operand(scope);
      checkArgument('or', 'boolean', value, index, operands.length);
      if (value === true) return true;
    }
    return false;
  },
};
