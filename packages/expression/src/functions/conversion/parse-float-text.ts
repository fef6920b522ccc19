import { numberCultureOf } from '../../number-format/number-culture.ts';
import { knownLocale } from '../../time/locale-names.ts';
import { invalidArgument } from '../check-arguments.ts';
import { trimWhiteSpace } from '../string/white-space.ts';

const maxNumberLength = 1000;

type Separators = { readonly point: string; readonly group: string };

/** A float as .NET reads it in a culture: separators of thousands, a sign at either end, an exponent. Undefined for anything else. */
export function parseFloatText(functionName: string, given: string, locale?: string): number | undefined {
  const { point, group } = separatorsOf(functionName, locale);
  if (given.length > maxNumberLength) return undefined;
  const text = trimWhiteSpace(given);
  const inner = /^\((.*)\)$/s.exec(text)?.[1];
  const unsigned = inner ?? text;
  const signAtEnd = /^[^+-].*[+-]$/s.test(unsigned) ? unsigned.slice(-1) : '';
  const body = signAtEnd === '' ? unsigned : signAtEnd + trimWhiteSpace(unsigned.slice(0, -1));
  if (inner !== undefined && /[+-]/.test(body.replace(/e[+-]/i, ''))) return undefined;
  const [whole = '', ...fractions] = body.split(point);
  if (fractions.length > 1 || (fractions[0] ?? '').includes(group)) return undefined;
  const ungrouped = whole.replaceAll(group, '').replace(/(?<=\d)[ \u00a0\u202f](?=\d)/g, isSpace(group) ? '' : '$&');
  const plain = [ungrouped, ...fractions].join('.');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return inner === undefined ? value : -value;
}

function isSpace(group: string): boolean {
  return /^[ \u00a0\u202f]$/.test(group);
}

function separatorsOf(functionName: string, locale: string | undefined): Separators {
  if (locale === undefined || locale === '') return { point: '.', group: ',' };
  const known = knownLocale(locale);
  if (known === undefined) throw invalidArgument(functionName, `does not know the locale '${locale}'.`);
  return numberCultureOf(known);
}
