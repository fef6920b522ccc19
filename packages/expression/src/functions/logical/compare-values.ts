import type { Evaluator, Value } from '../../contract.ts';
import { ExpressionError } from '../../errors.ts';
import { compareNumbers, isNumber } from '../../numbers.ts';
import { typeName } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';
import { compareText } from './compare-text.ts';

/** A function that compares two numbers or two texts; anything else is an error. */
export function comparingFunction(name: string, holds: (order: number) => boolean): EagerFunction {
  const apply = (left: Value, right: Value): boolean => {
    if (isNumber(left) && isNumber(right)) return holds(compareNumbers(left, right));
    if (typeof left === 'string' && typeof right === 'string') return holds(compareText(left, right));
    throw new ExpressionError(
      `The template language function '${name}' expects two parameters of matching types, two numbers or two strings. The provided values are of type '${typeName(left)}' and '${typeName(right)}'.`,
      { reason: 'argument-type' },
    );
  };
  return {
    kind: 'eager',
    name,
    parameters: ['any', 'any'],
    apply: ([left = null, right = null]) => apply(left, right),
    compile: ([first, second]) => {
      const [left, right] = [first as Evaluator, second as Evaluator];
      return (scope) => apply(left(scope), right(scope));
    },
  };
}
