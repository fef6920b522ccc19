import { isInteger, magnitudeOf, type NumberValue, RealNumber, toDecimal, toNumber } from '../numbers.ts';

/** A number as its digits: 0.`digits` · 10^`scale`, without zeros at either end; zero has none. */
export type Digits = {
  readonly kind: 'integer' | 'decimal' | 'float';
  readonly isNegative: boolean;
  readonly digits: string;
  readonly scale: number;
};

/** Floats by their shortest text, so that what is rounded is what people see. */
export function digitsOf(value: NumberValue): Digits {
  const kind = isInteger(value) ? 'integer' : isDecimal(value) ? 'decimal' : 'float';
  const { unscaled, scale } = toDecimal(value);
  return normalize(kind, unscaled < 0n, magnitudeOf(unscaled).toString(), scale);
}

/** A float by its first fifteen digits, which is what custom formats see of it. */
export function fifteenDigitsOf(value: NumberValue): Digits {
  if (isInteger(value) || isDecimal(value)) return digitsOf(value);
  return digitsOf(Number(toNumber(value).toPrecision(15)));
}

function isDecimal(value: NumberValue): boolean {
  return value instanceof RealNumber && value.decimal !== undefined;
}

function normalize(kind: Digits['kind'], isNegative: boolean, text: string, places: number): Digits {
  const trimmed = text.replace(/^0+/, '');
  const digits = trimmed.replace(/0+$/, '');
  if (digits === '') return { kind, isNegative: false, digits: '', scale: 0 };
  return { kind, isNegative, digits, scale: trimmed.length - places };
}

/** Rounds to a number of digits, half away from zero. What becomes zero has no sign. */
export function roundDigits(value: Digits, count: number): Digits {
  const { digits } = value;
  if (count >= digits.length) return value;
  if (count < 0) return zero(value);
  const kept = digits.slice(0, count);
  if ((digits[count] ?? '0') < '5') {
    const trimmed = kept.replace(/0+$/, '');
    return trimmed === '' ? zero(value) : { ...value, digits: trimmed };
  }
  const carried = kept.replace(/9+$/, '');
  if (carried === '') return { ...value, digits: '1', scale: value.scale + 1 };
  const last = Number(carried.at(-1)) + 1;
  return { ...value, digits: carried.slice(0, -1) + String(last) };
}

function zero(value: Digits): Digits {
  return { ...value, isNegative: false, digits: '', scale: 0 };
}

/** The digits before the point (at least one) and a number of places after it. The number has been rounded to them. */
export function splitDigits({ digits, scale }: Digits, places: number): readonly [whole: string, fraction: string] {
  const whole = scale > 0 ? digits.slice(0, scale).padEnd(scale, '0') : '0';
  const fraction = scale > 0 ? digits.slice(scale) : '0'.repeat(-scale) + digits;
  return [whole, fraction.slice(0, places).padEnd(places, '0')];
}
