import { knownLocale } from '../../time/locale-names.ts';

/** A float as .NET reads it in a culture: separators of thousands, a sign at either end, an exponent. Undefined for anything else. */
export function parseFloatText(text: string, locale?: string): number | undefined {
  const { point, group } = separators(locale);
  if (point === undefined) return undefined;
  const trimmed = text.trim().replace(/^\((.*)\)$/, '-$1');
  const signAtEnd = /^[^+-].*[+-]$/.test(trimmed) ? trimmed.slice(-1) : '';
  const body = signAtEnd === '' ? trimmed : signAtEnd + trimmed.slice(0, -1).trim();
  const [whole = '', ...fractions] = body.split(point);
  if (fractions.length > 1 || (fractions[0] ?? '').includes(group)) return undefined;
  const plain = [whole.replaceAll(group, '').replace(/[\u00a0\u202f]/g, ''), ...fractions].join('.');
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}

function separators(locale: string | undefined): { readonly point: string | undefined; readonly group: string } {
  if (locale === undefined || locale === '') return { point: '.', group: ',' };
  const known = knownLocale(locale);
  if (known === undefined) return { point: undefined, group: ',' };
  const parts = new Intl.NumberFormat(known).formatToParts(1234567.8);
  const find = (type: string, otherwise: string): string =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { point: find('decimal', '.'), group: find('group', ',') };
}
