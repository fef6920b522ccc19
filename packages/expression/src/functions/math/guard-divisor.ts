import { ExpressionError } from '../../errors.ts';
import { type NumberValue, toNumber } from '../../numbers.ts';

/** Refuses to divide by zero, in any kind of number. */
export function guardDivisor(functionName: string): (left: NumberValue, right: NumberValue) => void {
  return (_, right) => {
    if (toNumber(right) !== 0) return;
    throw new ExpressionError(`Attempt to divide an integral or decimal value by zero in function '${functionName}'.`, {
      reason: 'argument-invalid',
    });
  };
}
