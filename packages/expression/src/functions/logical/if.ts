import type { Evaluator } from '../../contract.ts';
import { checkArgument } from '../check-arguments.ts';
import type { LazyFunction } from '../function-definition.ts';

/** Evaluates only the branch that is taken, as recent engines do: real flows guard with it. */
export const ifFunction: LazyFunction = {
  kind: 'lazy',
  name: 'if',
  minimum: 3,
  maximum: 3,
  parameters: ['boolean'],
  compile: (operands) => {
    const [condition, whenTrue, whenFalse] = operands as readonly [Evaluator, Evaluator, Evaluator];
    return (scope) => {
      const value = condition(scope);
      checkArgument('if', 'boolean', value, 0, 3);
      return value === true ? whenTrue(scope) : whenFalse(scope);
    };
  },
};
