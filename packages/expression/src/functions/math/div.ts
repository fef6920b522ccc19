import { type NumberValue, rescale, toNumber } from '../../numbers.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { calculate } from './arithmetic.ts';

const decimalDigits = 28;

/** Two integers divide to an integer, toward zero. */
export const div: EagerFunction = {
  kind: 'eager',
  name: 'div',
  parameters: ['number', 'number'],
  apply: (values) => {
    if (toNumber(values[1] as NumberValue) === 0) throw invalidArgument('div', 'attempted to divide by zero.');
    return calculate(
      {
        integers: (left, right) => left / right,
        decimals: (left, right) => ({
          unscaled:
            (rescale(left, Math.max(left.scale, right.scale)) * 10n ** BigInt(decimalDigits)) /
            rescale(right, Math.max(left.scale, right.scale)),
          scale: decimalDigits,
        }),
        floats: (left, right) => left / right,
      },
      values,
    );
  },
};
