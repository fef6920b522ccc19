import { type DateTime, ticksOf } from './date-time.ts';
import { monthNames } from './locale-names.ts';
import { ticksOfFraction, withZone } from './parse-date-time.ts';

/** Reads a date and time that has exactly a custom .NET format. Undefined when it has not. */
export function parseExactly(text: string, format: string, locale: string): DateTime | undefined {
  if (text.length > 200 || format.length > 200) return undefined;
  const found: Record<string, string> = {};
  let at = 0;
  for (const [token] of format.matchAll(/'[^']*'|"[^"]*"|\\.|%|([dMyHhmsfFtzK])\1*|[\s\S]/g)) {
    if (token === '%') continue;
    const pattern = patternOf(token);
    if (pattern === undefined) {
      const literal = /^(['"]).*\1$/s.test(token)
        ? token.slice(1, -1)
        : token.startsWith('\\')
          ? token.slice(1)
          : token;
      if (!text.startsWith(literal, at)) return undefined;
      at += literal.length;
      continue;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    found[token] = match[0];
    at += match[0].length;
  }
  return at === text.length ? assemble(found, locale) : undefined;
}

function patternOf(token: string): RegExp | undefined {
  const count = token.length;
  if (!/^[dMyHhmsfFtzK]+$/.test(token)) return undefined;
  switch (token[0]) {
    case 'd':
    case 'M':
      return count >= 3 ? /[\p{L}.]+/uy : count === 2 ? /\d{2}/y : /\d{1,2}/y;
    case 'y':
      return count >= 4 ? /\d{4}/y : /\d{2}/y;
    case 'f':
      return new RegExp(`\\d{${Math.min(count, 7)}}`, 'y');
    case 'F':
      return /\d{0,7}/y;
    case 't':
      return /[AaPp][Mm]?/y;
    case 'z':
      return /[+-]\d{1,2}(?::?\d{2})?/y;
    case 'K':
      return /(?:Z|[+-]\d{2}:?\d{2})?/y;
    default:
      return count === 2 ? /\d{2}/y : /\d{1,2}/y;
  }
}

function assemble(found: Readonly<Record<string, string>>, locale: string): DateTime | undefined {
  const get = (...tokens: readonly string[]): string | undefined =>
    tokens.map((token) => found[token]).find((value) => value !== undefined);
  const yearText = get('yyyy', 'yyyyy', 'yy', 'y') ?? '1';
  const year =
    yearText.length <= 2 && get('yyyy', 'yyyyy') === undefined && yearText !== '1'
      ? (Number(yearText) < 50 ? 2000 : 1900) + Number(yearText)
      : Number(yearText);
  const named = get('MMM', 'MMMM');
  const month = named === undefined ? Number(get('MM', 'M') ?? 1) : monthNames(locale).find(named);
  const half = get('tt', 't')?.toLowerCase();
  const twelve = get('hh', 'h');
  const hour =
    twelve === undefined
      ? Number(get('HH', 'H') ?? 0)
      : (Number(twelve) % 12) + (half?.startsWith('p') === true ? 12 : 0);
  const fraction = Object.entries(found).find(([token]) => /^[fF]+$/.test(token))?.[1] ?? '';
  if (month === undefined) return undefined;
  const ticks = ticksOf(
    year,
    month,
    Number(get('dd', 'd') ?? 1),
    hour,
    Number(get('mm', 'm') ?? 0),
    Number(get('ss', 's') ?? 0),
    ticksOfFraction(fraction),
  );
  return ticks === undefined ? undefined : withZone(ticks, get('K', 'zzz', 'zz', 'z'));
}
