import { isInteger, type NumberValue, RealNumber } from '../numbers.ts';
import { type Digits, digitsOf, roundDigits, splitDigits } from './digits.ts';
import { groupDigits, type NumberCulture } from './number-culture.ts';

/** Places of F and N where the format does not say. */
const defaultPlaces = 2;

/** Formats by a standard format of one letter and perhaps a precision. */
export function formatStandardNumber(
  value: NumberValue,
  letter: string,
  precision: number | undefined,
  culture: NumberCulture,
): string | undefined {
  const digits = digitsOf(value);
  switch (letter.toUpperCase()) {
    case 'C': {
      const { negative, positive, symbol, places } = culture.currency;
      const rounded = roundToPlaces(digits, precision ?? places);
      const text = grouped(rounded, precision ?? places, culture);
      return (rounded.isNegative ? negative : positive).replace(/[n$]/g, (sign) => (sign === 'n' ? text : symbol));
    }
    case 'D':
      return isInteger(value) ? signed(digits, magnitudeText(value).padStart(precision ?? 1, '0')) : undefined;
    case 'E':
      return scientific(digits, (precision ?? 6) + 1, letter, 3, culture);
    case 'F': {
      const rounded = roundToPlaces(digits, precision ?? defaultPlaces);
      return signed(rounded, joined(splitDigits(rounded, precision ?? defaultPlaces), culture));
    }
    case 'G':
      // A decimal keeps the places that it has.
      if (value instanceof RealNumber && value.decimal !== undefined && !precision)
        return value.text.replace('.', culture.point);
      return general(digits, precision === 0 ? undefined : precision, letter === 'g' ? 'e' : 'E', culture);
    case 'N': {
      const rounded = roundToPlaces(digits, precision ?? defaultPlaces);
      const text = grouped(rounded, precision ?? defaultPlaces, culture);
      return rounded.isNegative ? culture.negativePattern.replace('n', () => text) : text;
    }
    case 'P': {
      const rounded = roundToPlaces({ ...digits, scale: digits.scale + 2 }, precision ?? defaultPlaces);
      const text = grouped(rounded, precision ?? defaultPlaces, culture);
      return (rounded.isNegative ? culture.percent.negative : culture.percent.positive).replace('n', () => text);
    }
    case 'R':
      return digits.kind === 'float' ? general(digits, undefined, 'E', culture) : undefined;
    case 'X': {
      const text = isInteger(value)
        ? bitsOf(value)
            .toString(16)
            .padStart(precision ?? 1, '0')
        : undefined;
      return letter === 'X' ? text?.toUpperCase() : text;
    }
    case 'B':
      return isInteger(value)
        ? bitsOf(value)
            .toString(2)
            .padStart(precision ?? 1, '0')
        : undefined;
    default:
      return undefined;
  }
}

function roundToPlaces(digits: Digits, places: number): Digits {
  return roundDigits(digits, digits.scale + places);
}

function signed({ isNegative }: Digits, text: string): string {
  return isNegative ? `-${text}` : text;
}

function joined([whole, fraction]: readonly [string, string], { point }: NumberCulture): string {
  return fraction === '' ? whole : whole + point + fraction;
}

function grouped(digits: Digits, places: number, culture: NumberCulture): string {
  const [whole, fraction] = splitDigits(digits, places);
  return joined([groupDigits(whole, culture), fraction], culture);
}

function magnitudeText(value: number | bigint): string {
  return String(value).replace('-', '');
}

/** The 64 bits of an integer. */
function bitsOf(value: number | bigint): bigint {
  return BigInt.asUintN(64, BigInt(value));
}

/** Significant digits; with an exponent where the number is too large for them or below 0.0001. */
function general(digits: Digits, precision: number | undefined, symbol: string, culture: NumberCulture): string {
  const rounded = precision === undefined ? digits : roundDigits(digits, precision);
  // Integers and decimals have no precision of their own, so nothing of theirs is too large.
  const limit = precision ?? (digits.kind === 'float' ? Math.max(rounded.digits.length, 15) : Number.POSITIVE_INFINITY);
  const isTiny = rounded.scale < -3 && (digits.kind === 'float' || precision !== undefined);
  if (rounded.digits !== '' && (rounded.scale > limit || isTiny))
    return scientific(rounded, rounded.digits.length, symbol, 2, culture);
  const places = Math.max(rounded.digits.length - rounded.scale, 0);
  return signed(rounded, joined(splitDigits(rounded, places), culture));
}

function scientific(
  digits: Digits,
  significant: number,
  symbol: string,
  exponentDigits: number,
  culture: NumberCulture,
): string {
  const rounded = roundDigits(digits, significant);
  const exponent = rounded.digits === '' ? 0 : rounded.scale - 1;
  const [first = '0', ...rest] = rounded.digits.padEnd(significant, '0');
  const power = String(Math.abs(exponent)).padStart(exponentDigits, '0');
  return signed(rounded, `${joined([first, rest.join('')], culture)}${symbol}${exponent < 0 ? '-' : '+'}${power}`);
}
