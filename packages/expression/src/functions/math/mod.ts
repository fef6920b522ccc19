import { type NumberValue, rescale, toNumber } from '../../numbers.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { calculate } from './arithmetic.ts';

/** The remainder has the dividend's sign. */
export const mod: EagerFunction = {
  kind: 'eager',
  name: 'mod',
  parameters: ['number', 'number'],
  apply: (values) => {
    if (toNumber(values[1] as NumberValue) === 0) throw invalidArgument('mod', 'attempted to divide by zero.');
    return calculate(
      {
        integers: (left, right) => left % right,
        decimals: (left, right) => {
          const scale = Math.max(left.scale, right.scale);
          return { unscaled: rescale(left, scale) % rescale(right, scale), scale };
        },
        floats: (left, right) => left % right,
      },
      values,
    );
  },
};
