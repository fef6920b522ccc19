import type { Real, Value } from './contract.ts';
import { ExpressionError } from './errors.ts';

/**
 * A float whose value is whole, or a decimal with more digits than a float holds. A class, so that no object of a stranger's data can
 * pass for one.
 */
export class RealNumber implements Real {
  readonly isReal = true;
  readonly text: string;
  readonly number: number;
  /** Decimals are calculated exactly. */
  readonly decimal: Decimal | undefined;

  constructor(number: number, text?: string, decimal?: Decimal) {
    this.number = number;
    this.text = text ?? formatFloat(number);
    this.decimal = decimal;
  }
}

/** `unscaled` · 10^-`scale`. */
export type Decimal = { readonly unscaled: bigint; readonly scale: number };

export type NumberValue = number | bigint | RealNumber;

export function isNumber(value: Value): value is NumberValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof RealNumber;
}

export function isInteger(value: Value): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

export function toNumber(value: NumberValue): number {
  return value instanceof RealNumber ? value.number : Number(value);
}

/** An integer as small as it goes: a number where it is exact, else a bigint within 64 bits. */
export function integer(value: bigint): number | bigint {
  if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  if (value >= -(2n ** 63n) && value < 2n ** 63n) return value;
  throw new ExpressionError('The result is outside the range of 64-bit integers.', { reason: 'argument-invalid' });
}

/** A float, kept apart from the integers. */
export function float(value: number): number | RealNumber {
  if (!Number.isFinite(value))
    throw new ExpressionError('The result is not a finite number.', { reason: 'argument-invalid' });
  return Number.isInteger(value) ? new RealNumber(value) : value;
}

/** A number as written: digits alone are an integer, a point or an exponent make a float. */
export function parseNumber(text: string): NumberValue {
  if (!/[.eE]/.test(text)) {
    const exact = BigInt(text.startsWith('+') ? text.slice(1) : text);
    return exact >= -(2n ** 63n) && exact < 2n ** 63n ? integer(exact) : float(Number(text));
  }
  return float(Number(text));
}

/** A decimal as .NET reads it: separators of thousands, a sign, an exponent. Undefined for what is none or too large. */
export function parseDecimal(text: string): RealNumber | undefined {
  if (text.length > maxDecimalText) return undefined;
  const match = /^\s*([+-]?)([\d,]*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?\s*$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole.replaceAll(',', '')}${fraction}`;
  if (digits === '' || whole.startsWith(',')) return undefined;
  const scale = fraction.length - Number(exponent);
  if (scale < -maxDecimalText || scale > 10 * maxDecimalText) return undefined;
  const magnitude = BigInt(digits);
  const unscaled = sign === '-' ? -magnitude : magnitude;
  const fitted = fitDecimal(
    scale >= 0 ? { unscaled, scale } : { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 },
  );
  return fitted === undefined ? undefined : toReal(fitted);
}

const maxDecimalText = 400;
const maxDecimalScale = 28;
const endOfDecimals = 2n ** 96n;

/** A decimal in 96 bits and at most 28 places, rounded half to even, as .NET keeps them; undefined when it is too large. */
function fitDecimal({ unscaled, scale }: Decimal): Decimal | undefined {
  let [digits, places] = [unscaled, scale];
  if (places > maxDecimalScale) {
    digits = divideHalfEven(digits, 10n ** BigInt(places - maxDecimalScale));
    places = maxDecimalScale;
  }
  while (magnitudeOf(digits) >= endOfDecimals) {
    if (places === 0) return undefined;
    // From the unrounded digits, so that nothing is rounded twice.
    places -= 1;
    digits = divideHalfEven(unscaled, 10n ** BigInt(scale - places));
  }
  return { unscaled: digits, scale: places };
}

function divideHalfEven(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const twice = 2n * magnitudeOf(value % divisor);
  const isUp = twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  return isUp ? quotient + (value < 0n ? -1n : 1n) : quotient;
}

export function magnitudeOf(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** A decimal result. Throws when it is beyond what 96 bits hold. */
export function decimal(value: Decimal): RealNumber {
  const fitted = fitDecimal(value);
  if (fitted === undefined)
    throw new ExpressionError('The result is outside the range of decimal numbers.', { reason: 'argument-invalid' });
  return toReal(fitted);
}

function toReal(value: Decimal): RealNumber {
  const text = formatDecimal(value);
  return new RealNumber(Number(text), text, value);
}

export function toDecimal(value: NumberValue): Decimal {
  if (value instanceof RealNumber && value.decimal !== undefined) return value.decimal;
  if (typeof value === 'bigint') return { unscaled: value, scale: 0 };
  return exactDigits(String(toNumber(value)));
}

/** The decimal digits of a float's shortest text, however many. */
function exactDigits(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text);
  if (match === null) return { unscaled: 0n, scale: 0 };
  const [, sign, whole = '0', fraction = '', exponent = '0'] = match;
  const magnitude = BigInt(whole + fraction);
  const unscaled = sign === '-' ? -magnitude : magnitude;
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { unscaled, scale } : { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 };
}

function formatDecimal({ unscaled, scale }: Decimal): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = magnitudeOf(unscaled)
    .toString()
    .padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * A float as .NET writes it: the shortest text that reads back the same, with an exponent of at least two digits from 1E+15 (or
 * beyond its digits) on and below 0.0001. A negative zero is written like any zero.
 */
export function formatFloat(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-4 && magnitude < 1e15) return String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  const digits = mantissa.replace(/[-.]/g, '').length;
  if (power >= 0 && power + 1 <= Math.max(digits, maxPlainDigits)) return String(value);
  return `${mantissa}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const maxPlainDigits = 15;

/** -1, 0 or 1; integers are compared exactly. */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  if (left instanceof RealNumber && right instanceof RealNumber && left.decimal && right.decimal) {
    const scale = Math.max(left.decimal.scale, right.decimal.scale);
    return compareValues(rescale(left.decimal, scale), rescale(right.decimal, scale));
  }
  const [a, b] = [left instanceof RealNumber ? left.number : left, right instanceof RealNumber ? right.number : right];
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareValues(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

export function rescale({ unscaled, scale }: Decimal, to: number): bigint {
  return unscaled * 10n ** BigInt(to - scale);
}
