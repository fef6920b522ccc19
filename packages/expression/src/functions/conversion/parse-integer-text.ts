import { integer } from '../../numbers.ts';

/** A 64-bit integer as .NET reads it: digits with an optional sign, blanks around it. Undefined for anything else. */
export function parseIntegerText(text: string): number | bigint | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?\d{1,20}$/.test(trimmed)) return undefined;
  const value = BigInt(trimmed.startsWith('+') ? trimmed.slice(1) : trimmed);
  return value >= -(2n ** 63n) && value < 2n ** 63n ? integer(value) : undefined;
}
