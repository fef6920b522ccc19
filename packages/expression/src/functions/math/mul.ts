import { arithmeticFunction } from './arithmetic.ts';

export const mul = arithmeticFunction('mul', {
  small: (left, right) => left * right,
  integers: (left, right) => left * right,
  decimals: (left, right) => ({ unscaled: left.unscaled * right.unscaled, scale: left.scale + right.scale }),
  floats: (left, right) => left * right,
});
