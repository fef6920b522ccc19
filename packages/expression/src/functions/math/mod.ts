import { rescale } from '../../numbers.ts';
import { arithmeticFunction } from './arithmetic.ts';
import { guardDivisor } from './guard-divisor.ts';

/** The remainder has the dividend's sign. */
export const mod = arithmeticFunction('mod', {
  small: (left, right) => left % right,
  integers: (left, right) => left % right,
  decimals: (left, right) => {
    const scale = Math.max(left.scale, right.scale);
    return { unscaled: rescale(left, scale) % rescale(right, scale), scale };
  },
  floats: (left, right) => left % right,
  guard: guardDivisor('mod'),
});
