import { type DateCulture, dateCultureOf, english } from './date-culture.ts';
import { dayName, monthName } from './date-names.ts';
import { type DateTime, ticksOf } from './date-time.ts';
import { monthNames } from './locale-names.ts';
import { fullYear, ticksOfFraction, withZone } from './parse-date-time.ts';
import { type FormatToken, readFormat } from './read-format.ts';
import { standardPattern } from './standard-pattern.ts';

/** Reads a date and time that has exactly a .NET format, standard or custom. Undefined when it has not. */
export function parseExactly(text: string, format: string, locale: string): DateTime | undefined {
  if (text.length > 200 || format.length > 200) return undefined;
  const culture = locale === 'en-US' ? english : dateCultureOf(locale);
  if (format.length !== 1) return parseCustom(text, format, culture);
  const standard = standardPattern(format, culture);
  if (standard === undefined) return undefined;
  const value = parseCustom(text, standard.format, standard.isInvariant ? english : culture);
  // These two end in a letter that says UTC.
  return value !== undefined && 'uUrR'.includes(format) ? { ...value, isUtc: true } : value;
}

/** Reads a date and time that is as a culture itself writes them, date alone or with the time. */
export function parseAsWritten(text: string, locale: string): DateTime | undefined {
  for (const letter of 'GgdFfD') {
    const found = parseExactly(text, letter, locale);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parseCustom(text: string, format: string, culture: DateCulture): DateTime | undefined {
  const found: Record<string, string> = {};
  let at = 0;
  for (const token of readFormat(format) ?? []) {
    const length = token.kind === 'text' ? matchText(text, at, token.text) : matchSpecifier(text, at, token, culture);
    if (length === undefined) return undefined;
    if (token.kind === 'specifier') {
      const read = text.slice(at, at + length);
      // The same part twice has to say the same.
      if (found[token.text] !== undefined && found[token.text] !== read) return undefined;
      found[token.text] = read;
    }
    at += length;
  }
  return at === text.length && at > 0 ? assemble(found, culture) : undefined;
}

function matchText(text: string, at: number, expected: string): number | undefined {
  return text.startsWith(expected, at) ? expected.length : undefined;
}

function matchSpecifier(text: string, at: number, token: FormatToken, culture: DateCulture): number | undefined {
  switch (token.text) {
    case '/':
      return matchText(text, at, culture.dateSeparator);
    case ':':
      return matchText(text, at, culture.timeSeparator);
    default: {
      const named = /^(?:d{3,}|M{3,})$/.test(token.text) ? nameLength(text, at, token.text, culture) : undefined;
      if (named !== undefined) return named;
      const pattern = patternOf(token.text);
      pattern.lastIndex = at;
      return pattern.exec(text)?.[0].length;
    }
  }
}

/** The length of the culture's longest name of a day or a month that stands there; some are of several words. */
function nameLength(text: string, at: number, token: string, culture: DateCulture): number | undefined {
  const style = token.length === 3 ? 'short' : 'long';
  const names = token.startsWith('d')
    ? Array.from({ length: 7 }, (_, day) => dayName(culture, day, style))
    : Array.from({ length: 24 }, (_, index) => monthName(culture, (index % 12) + 1, style, index < 12));
  const found = names.filter((name) => text.slice(at, at + name.length).toLowerCase() === name.toLowerCase());
  return found.length === 0 ? undefined : Math.max(...found.map((name) => name.length));
}

function patternOf(token: string): RegExp {
  const count = token.length;
  switch (token[0]) {
    case 'd':
    case 'M':
      return count >= 3 ? /[\p{L}\p{M}.]+(?:-[\p{L}\p{M}.]+)*/uy : count === 2 ? /\d{2}/y : /\d{1,2}/y;
    case 'y':
      return count >= 4 ? new RegExp(`\\d{${Math.min(count, 9)}}`, 'y') : count === 2 ? /\d{2}/y : /\d{1,4}/y;
    case 'f':
      return new RegExp(`\\d{${Math.min(count, 7)}}`, 'y');
    case 'F':
      return /\d{0,7}/y;
    case 't':
      return count === 1 ? /\p{L}/uy : /(?:[\p{L}]\.?\s?){1,6}/uy;
    case 'g':
      return /A\.D\.|AD/iy;
    case 'z':
      return /[+-]\d{1,2}(?::?\d{2})?/y;
    case 'K':
      return /(?:Z|[+-]\d{2}:?\d{2})?/y;
    default:
      return count === 2 ? /\d{2}/y : /\d{1,2}/y;
  }
}

function assemble(found: Readonly<Record<string, string>>, culture: DateCulture): DateTime | undefined {
  const get = (letter: string, ...lengths: readonly number[]): string | undefined =>
    lengths.map((length) => found[letter.repeat(length)]).find((value) => value !== undefined);
  const year = get('y', 4, 5, 6, 3) ?? get('y', 2, 1);
  const named = get('M', 3, 4);
  const month = named === undefined ? Number(get('M', 2, 1) ?? 1) : monthNames(culture).find(named);
  const hour = hourOf(get('H', 2, 1), get('h', 2, 1), get('t', 2, 1), culture);
  const fraction = Object.entries(found).find(([token]) => /^[fF]+$/.test(token))?.[1] ?? '';
  if (month === undefined || hour === undefined) return undefined;
  const ticks = ticksOf(
    year === undefined ? 1 : fullYear(year),
    month,
    Number(get('d', 2, 1) ?? 1),
    hour,
    Number(get('m', 2, 1) ?? 0),
    Number(get('s', 2, 1) ?? 0),
    ticksOfFraction(fraction),
  );
  return ticks === undefined ? undefined : withZone(ticks, found['K'] ?? get('z', 3, 2, 1));
}

function hourOf(
  twentyFour: string | undefined,
  twelve: string | undefined,
  half: string | undefined,
  culture: DateCulture,
): number | undefined {
  if (twelve === undefined) return Number(twentyFour ?? 0);
  const hour = Number(twelve);
  if (hour < 1 || hour > 12) return undefined;
  const word = half?.trim().toLowerCase();
  const [morning, afternoon] = [culture.morning.toLowerCase(), culture.afternoon.toLowerCase()];
  const isAfternoon = word !== undefined && word !== morning && (word.startsWith('p') || word === afternoon);
  return (hour % 12) + (isAfternoon ? 12 : 0);
}
