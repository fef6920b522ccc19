import type { NumberValue } from '../numbers.ts';
import { formatCustomNumber } from './format-custom-number.ts';
import { formatStandardNumber } from './format-standard-number.ts';
import { numberCultureOf } from './number-culture.ts';

const maxPlaces = 1000;

/** Formats a number by a .NET format, standard or custom. Undefined for a format that .NET refuses for it. */
export function formatNumber(value: NumberValue, format: string, locale: string): string | undefined {
  const culture = numberCultureOf(locale);
  const standard = /^([a-zA-Z])(\d{0,9})$/.exec(format === '' ? 'G' : format);
  if (standard === null) return formatCustomNumber(value, format, culture);
  const [, letter = 'G', digits = ''] = standard;
  const precision = digits === '' ? undefined : Number(digits);
  if (precision !== undefined && precision > maxPlaces) return undefined;
  return formatStandardNumber(value, letter, precision, culture);
}
