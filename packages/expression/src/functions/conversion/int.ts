import type { Value } from '../../contract.ts';
import { integer, isInteger, isNumber, type NumberValue, toDecimal } from '../../numbers.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { parseIntegerText } from './parse-integer-text.ts';

/** A number with places is rounded, half to even, as .NET converts; a text with places is an error. */
export const int: EagerFunction = {
  kind: 'eager',
  name: 'int',
  parameters: ['number or string'],
  apply: ([value = null]) => {
    if (isInteger(value)) return value;
    if (isNumber(value)) return integer(roundHalfEven(value));
    const parsed = parseIntegerText(value as string);
    if (parsed === undefined) {
      throw invalidArgument(
        'int',
        `was invoked with a parameter that is not valid. The value '${shorten(value)}' cannot be converted to the target type.`,
      );
    }
    return parsed;
  },
};

function roundHalfEven(value: NumberValue): bigint {
  const { unscaled, scale } = toDecimal(value);
  const divisor = 10n ** BigInt(scale);
  const whole = unscaled / divisor;
  const twice = 2n * (unscaled % divisor);
  const size = twice < 0n ? -twice : twice;
  if (size < divisor || (size === divisor && whole % 2n === 0n)) return whole;
  return whole + (unscaled < 0n ? -1n : 1n);
}

function shorten(value: Value): string {
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
