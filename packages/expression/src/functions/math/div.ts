import { type Decimal, rescale } from '../../numbers.ts';
import { arithmeticFunction } from './arithmetic.ts';
import { guardDivisor } from './guard-divisor.ts';

/** Places that are calculated; the result is rounded from them to what a decimal holds. */
const workingScale = 60;

/** Two integers divide to an integer, toward zero. */
export const div = arithmeticFunction('div', {
  small: (left, right) => Math.trunc(left / right),
  integers: (left, right) => left / right,
  decimals: divideDecimals,
  floats: (left, right) => left / right,
  guard: guardDivisor('div'),
});

/** A quotient that comes out even has no more places than it needs, and no fewer than the operands suggest. */
function divideDecimals(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  let unscaled = (rescale(left, scale) * 10n ** BigInt(workingScale)) / rescale(right, scale);
  let places = workingScale;
  const least = Math.max(left.scale - right.scale, 0);
  while (places > least && unscaled % 10n === 0n) {
    unscaled /= 10n;
    places -= 1;
  }
  return { unscaled, scale: places };
}
