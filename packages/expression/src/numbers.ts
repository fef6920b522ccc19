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

export function parseDecimal(text: string): RealNumber | undefined {
  const match = /^\s*([+-]?)([\d,]*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(text);
  if (match === null || `${match[2]}${match[3] ?? ''}` === '') return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${whole.replaceAll(',', '')}${fraction}` || '0');
  const scale = fraction.length - Number(exponent);
  const unscaled = sign === '-' ? -digits : digits;
  return decimal(scale >= 0 ? { unscaled, scale } : { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 });
}

export function decimal(value: Decimal): RealNumber {
  const text = formatDecimal(value);
  return new RealNumber(Number(text), text, value);
}

export function toDecimal(value: NumberValue): Decimal {
  if (value instanceof RealNumber && value.decimal !== undefined) return value.decimal;
  if (typeof value === 'bigint') return { unscaled: value, scale: 0 };
  return parseDecimal(String(toNumber(value)))?.decimal ?? { unscaled: 0n, scale: 0 };
}

function formatDecimal({ unscaled, scale }: Decimal): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A float as .NET writes it, the shortest text that reads back the same. */
export function formatFloat(value: number): string {
  const text = String(value);
  const match = /^(-?\d+(?:\.\d+)?)e([+-])(\d+)$/.exec(text);
  return match === null ? text : `${match[1]}E${match[2]}${(match[3] ?? '').padStart(2, '0')}`;
}

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
