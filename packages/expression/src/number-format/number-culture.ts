import { specificTag } from '../time/date-culture.ts';
import { cultureNumbers } from './culture-numbers.ts';

/** How a culture writes numbers. In patterns `n` stands for the number and `$` for the currency. */
export type NumberCulture = {
  readonly point: string;
  readonly group: string;
  /** Of groups from the point on; the last one repeats, 0 ends grouping. */
  readonly groupSizes: readonly number[];
  readonly negativePattern: string;
  readonly percent: { readonly negative: string; readonly positive: string };
  readonly currency: {
    readonly negative: string;
    readonly positive: string;
    readonly symbol: string;
    readonly places: number;
  };
};

/** The culture of a tag that is known: as .NET on Windows has it, or as Unicode's CLDR does. */
export function numberCultureOf(tag: string): NumberCulture {
  const specific = specificTag(tag);
  const row = Object.hasOwn(cultureNumbers, specific) ? cultureNumbers[specific] : undefined;
  return row === undefined ? cultureFromIntl(tag) : readRow(row);
}

function readRow(row: string): NumberCulture {
  const [point = '.', group = ',', sizes = '3', negativePattern = '-n', ...rest] = row.split('|');
  const [
    percentNegative = '-n%',
    percentPositive = 'n%',
    negative = '-$n',
    positive = '$n',
    symbol = '$',
    places = '2',
  ] = rest;
  return {
    point,
    group,
    groupSizes: sizes.split(',').map(Number),
    negativePattern,
    percent: { negative: percentNegative, positive: percentPositive },
    currency: { negative, positive, symbol, places: Number(places) },
  };
}

function cultureFromIntl(tag: string): NumberCulture {
  const latin = { numberingSystem: 'latn' } as const;
  const parts = new Intl.NumberFormat(tag, { ...latin, useGrouping: 'always' }).formatToParts(1234567.8);
  const find = (type: string): string | undefined => parts.find((part) => part.type === type)?.value;
  const groups = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
  const pattern = (value: number, options: Intl.NumberFormatOptions): string =>
    patternOf(new Intl.NumberFormat(tag, { ...latin, ...options }).formatToParts(value));
  const currency = { style: 'currency', currency: 'XXX', currencyDisplay: 'code' } as const;
  return {
    point: find('decimal') ?? '.',
    group: spaced(find('group') ?? ','),
    groupSizes: groups.length > 2 && groups.at(-2) !== groups.at(-1) ? [groups.at(-1) ?? 3, groups.at(-2) ?? 3] : [3],
    negativePattern: '-n',
    percent: { negative: pattern(-0.01, { style: 'percent' }), positive: pattern(0.01, { style: 'percent' }) },
    // Only cultures with a row have a currency of their own; this is the sign for any currency.
    currency: { negative: pattern(-1, currency), positive: pattern(1, currency), symbol: '¤', places: 2 },
  };
}

function patternOf(parts: readonly Intl.NumberFormatPart[]): string {
  let pattern = '';
  for (const { type, value } of parts) {
    if (type === 'currency') pattern += '$';
    else if (type === 'minusSign') pattern += '-';
    else if (type === 'percentSign') pattern += '%';
    else if (type === 'literal') pattern += spaced(value);
    else if (!pattern.includes('n')) pattern += 'n';
  }
  return pattern;
}

function spaced(text: string): string {
  return text.replaceAll('\u202f', '\u00a0');
}

/** Digits before the point, in groups from the point on. */
export function groupDigits(digits: string, { group, groupSizes }: NumberCulture): string {
  const groups: string[] = [];
  let [end, index] = [digits.length, 0];
  for (;;) {
    const size = groupSizes[Math.min(index, groupSizes.length - 1)] ?? 0;
    if (size === 0 || end <= size) break;
    groups.unshift(digits.slice(end - size, end));
    end -= size;
    index += 1;
  }
  return [digits.slice(0, end), ...groups].join(group);
}
