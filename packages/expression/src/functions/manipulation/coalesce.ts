import type { LazyFunction } from '../function-definition.ts';

/** The first that is not null; those after it are not evaluated. */
export const coalesce: LazyFunction = {
  kind: 'lazy',
  name: 'coalesce',
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  compile: (operands) => (scope) => {
    for (const operand of operands) {
      const value = operand(scope);
      if (value !== null) return value;
    }
    return null;
  },
};
