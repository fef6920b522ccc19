import type { Evaluator, Value } from '../../contract.ts';
import {
  type Decimal,
  decimal,
  float,
  integer,
  isInteger,
  type NumberValue,
  RealNumber,
  toDecimal,
  toNumber,
} from '../../numbers.ts';
import { checkArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

/** One operation in the three kinds of numbers: two integers give an integer, a decimal makes decimals, else floats. */
export type Arithmetic = {
  readonly integers: (left: bigint, right: bigint) => bigint;
  readonly decimals: (left: Decimal, right: Decimal) => Decimal;
  readonly floats: (left: number, right: number) => number;
  /** For two small integers; not used when the result is not exact in a float. */
  readonly small: (left: number, right: number) => number;
  /** Throws for operands that the operation does not take. */
  readonly guard?: (left: NumberValue, right: NumberValue) => void;
};

/** A function of two numbers. */
export function arithmeticFunction(name: string, arithmetic: Arithmetic): EagerFunction {
  const apply = (left: Value, right: Value): Value => {
    if (typeof left !== 'number' || typeof right !== 'number') {
      checkArgument(name, 'number', left, 0, 2);
      checkArgument(name, 'number', right, 1, 2);
    }
    return calculate(arithmetic, left as NumberValue, right as NumberValue);
  };
  return {
    kind: 'eager',
    name,
    parameters: ['number', 'number'],
    apply: ([left = null, right = null]) => apply(left, right),
    compile: ([first, second]) => {
      const [left, right] = [first as Evaluator, second as Evaluator];
      return (scope) => apply(left(scope), right(scope));
    },
  };
}

function calculate(arithmetic: Arithmetic, left: NumberValue, right: NumberValue): Value {
  arithmetic.guard?.(left, right);
  if (typeof left === 'number' && typeof right === 'number' && Number.isInteger(left) && Number.isInteger(right)) {
    const result = arithmetic.small(left, right);
    // There is no negative zero among integers.
    if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
  }
  if (isInteger(left) && isInteger(right)) return integer(arithmetic.integers(BigInt(left), BigInt(right)));
  if (isDecimal(left) || isDecimal(right)) return decimal(arithmetic.decimals(toDecimal(left), toDecimal(right)));
  return float(arithmetic.floats(toNumber(left), toNumber(right)));
}

function isDecimal(value: NumberValue): boolean {
  return value instanceof RealNumber && value.decimal !== undefined;
}
