import { rescale } from '../../numbers.ts';
import { arithmeticFunction } from './arithmetic.ts';

export const sub = arithmeticFunction('sub', {
  small: (left, right) => left - right,
  integers: (left, right) => left - right,
  decimals: (left, right) => {
    const scale = Math.max(left.scale, right.scale);
    return { unscaled: rescale(left, scale) - rescale(right, scale), scale };
  },
  floats: (left, right) => left - right,
});
