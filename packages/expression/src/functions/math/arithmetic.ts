import type { Value } from '../../contract.ts';
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

/** One operation in the three kinds of numbers: two integers give an integer, a decimal makes decimals, else floats. */
export type Arithmetic = {
  readonly integers: (left: bigint, right: bigint) => bigint;
  readonly decimals: (left: Decimal, right: Decimal) => Decimal;
  readonly floats: (left: number, right: number) => number;
  /** For two small integers whose result is exact in a float. */
  readonly small?: (left: number, right: number) => number;
};

export function calculate({ integers, decimals, floats, small }: Arithmetic, values: readonly Value[]): Value {
  const [left, right] = values as readonly [NumberValue, NumberValue];
  if (
    small !== undefined &&
    typeof left === 'number' &&
    typeof right === 'number' &&
    Number.isInteger(left) &&
    Number.isInteger(right)
  ) {
    const result = small(left, right);
    if (Number.isSafeInteger(result)) return result;
  }
  if (isInteger(left) && isInteger(right)) return integer(integers(BigInt(left), BigInt(right)));
  if (isDecimal(left) || isDecimal(right)) return decimal(decimals(toDecimal(left), toDecimal(right)));
  return float(floats(toNumber(left), toNumber(right)));
}

function isDecimal(value: NumberValue): boolean {
  return value instanceof RealNumber && value.decimal !== undefined;
}
