import { type DateCulture, dateCultureOf, english } from './date-culture.ts';
import { type DateTime, inRange, ticksOf, ticksPerSecond } from './date-time.ts';
import { fromEastAsian } from './east-asian-text.ts';
import { monthNames } from './locale-names.ts';

const isoPattern =
  /^\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{1,2}(?::?\d{2})?)?\s*$/i;

/**
 * Parses a date and time as .NET does for a culture: ISO 8601 in any, else the culture's order of day and month, names of months, and
 * a time. An offset makes it UTC. Undefined when it is no date.
 */
export function parseDateTime(given: string, locale = 'en-US', today = firstOf2000): DateTime | undefined {
  const text = fromEastAsian(given);
  const iso = isoPattern.exec(text);
  if (iso !== null) {
    const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '', zone] = iso;
    const ticks = ticksOf(
      Number(year),
      Number(month),
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
      ticksOfFraction(fraction),
    );
    return ticks === undefined ? undefined : withZone(ticks, zone);
  }
  return parseByCulture(text, locale, today);
}

/** A day on the calendar that is asked for only when a text leaves something out. */
export type Today = () => CalendarDate;
const firstOf2000: Today = () => ({ year: 2000, month: 1, day: 1 });

/** Ticks of a second's decimal places; more than seven are rounded, perhaps up to the next second. */
export function ticksOfFraction(digits: string): number {
  return digits.length <= 7 ? Number(digits.padEnd(7, '0')) : Math.round(Number(`0.${digits}`) * 10_000_000);
}

/** An offset turns wall-clock ticks into UTC; without one they stay as they are. */
export function withZone(ticks: bigint, zone: string | undefined): DateTime | undefined {
  if (zone === undefined || zone === '') return { ticks, isUtc: false };
  if (/^(z|gmt|utc)$/i.test(zone)) return { ticks, isUtc: true };
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (match === null) return undefined;
  const seconds = BigInt(Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60) * ticksPerSecond;
  return inRange({ ticks: match[1] === '-' ? ticks + seconds : ticks - seconds, isUtc: true });
}

const timePattern =
  /(?:^|[\s,T])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|GMT|UTC|[+-]\d{1,2}:?\d{2})?\s*$/i;
const hourPattern = /(?:^|\s)(\d{1,2})\s*([ap]\.?m\.?)\s*$/i;

function parseByCulture(text: string, locale: string, today: Today): DateTime | undefined {
  const culture = locale === 'en-US' ? english : dateCultureOf(locale);
  const time = readTime(text);
  if (time === undefined || !/\d/.test(text)) return undefined;
  const date = readDate(time.rest, culture, today);
  if (date === undefined) return undefined;
  const ticks = ticksOf(date.year, date.month, date.day, time.hour, time.minute, time.second, time.fraction);
  return ticks === undefined ? undefined : withZone(ticks, time.zone);
}

type Time = {
  readonly rest: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: number;
  readonly zone?: string;
};

function readTime(text: string): Time | undefined {
  const full = timePattern.exec(text);
  if (full !== null) {
    const [whole, hour, minute, second = '0', fraction = '', half, zone] = full;
    const hours = twelveHours(Number(hour), half);
    if (hours === undefined) return undefined;
    const base = {
      rest: text.slice(0, full.index) + whole.slice(0, 0),
      hour: hours,
      minute: Number(minute),
      second: Number(second),
      fraction: ticksOfFraction(fraction),
    };
    return zone === undefined ? base : { ...base, zone };
  }
  const short = hourPattern.exec(text);
  if (short === null) return { rest: text, hour: 0, minute: 0, second: 0, fraction: 0 };
  const hours = twelveHours(Number(short[1]), short[2]);
  return hours === undefined
    ? undefined
    : { rest: text.slice(0, short.index), hour: hours, minute: 0, second: 0, fraction: 0 };
}

function twelveHours(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

type CalendarDate = { readonly year: number; readonly month: number; readonly day: number };

function readDate(text: string, culture: DateCulture, today: Today): CalendarDate | undefined {
  const words = text.toLowerCase().match(/\d+|[\p{L}\p{M}][\p{L}\p{M}.]*/gu) ?? [];
  if (words.length > 8) return undefined;
  if (words.length === 0) return text.trim() === '' ? today() : undefined;
  if (words.every((word) => /^\d+$/.test(word))) return readNumericDate(words, text, culture, today);
  const names = monthNames(culture);
  const numbers: string[] = [];
  let month: number | undefined;
  let monthAt = 0;
  for (const word of words) {
    if (/^\d+$/.test(word)) numbers.push(word);
    else {
      const found = names.find(word);
      if (found !== undefined && month === undefined) {
        month = found;
        monthAt = numbers.length;
      } else if (!names.isDayName(word) && !fillers.has(word)) return undefined;
    }
  }
  return month === undefined
    ? readNumericDate(numbers, text, culture, today)
    : readNamedDate(numbers, month, monthAt, today);
}

const fillers = new Set(['de', 'del', 'of', 'st', 'nd', 'rd', 'th', 'г', 'г.', 'at', 't']);

function readNamedDate(
  numbers: readonly string[],
  month: number,
  monthAt: number,
  today: Today,
): CalendarDate | undefined {
  const [first, second] = numbers;
  if (first === undefined || numbers.length > 2) return undefined;
  if (second === undefined) {
    const isYear = first.length > 2;
    return { year: isYear ? Number(first) : today().year, month, day: isYear ? 1 : Number(first) };
  }
  if (first.length > 2 && monthAt > 0) return { year: Number(first), month, day: Number(second) };
  return { year: fullYear(second), month, day: Number(first) };
}

/** Numbers between separators, in the order of the culture's short date; a year of four digits may always come first. */
function readNumericDate(
  numbers: readonly string[],
  text: string,
  culture: DateCulture,
  today: Today,
): CalendarDate | undefined {
  const [a, b, c] = numbers;
  // Digits without separators are no date, as for .NET; `parseDateTime` takes a format for them.
  if (a === undefined || b === undefined || numbers.length > 3) return undefined;
  if (/[^\d\s/.,-]/.test(text.replace(/[\p{L}\p{M}]/gu, ''))) return undefined;
  if (a.length > 2) return { year: Number(a), month: Number(b), day: Number(c ?? 1) };
  const order = dateOrderOf(culture);
  if (c === undefined) {
    if (b.length > 2) return { year: Number(b), month: Number(a), day: 1 };
    const [month, day] = order === 'dmy' ? [Number(b), Number(a)] : [Number(a), Number(b)];
    return { year: today().year, month, day };
  }
  if (order === 'ymd' && c.length <= 2) return { year: fullYear(a), month: Number(b), day: Number(c) };
  const [month, day] = order === 'dmy' ? [Number(b), Number(a)] : [Number(a), Number(b)];
  return { year: fullYear(c), month, day };
}

/** A year of two digits is one from 1950 to 2049. */
export function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function dateOrderOf({ shortDate }: DateCulture): 'dmy' | 'mdy' | 'ymd' {
  const [year, month, day] = [shortDate.indexOf('y'), shortDate.indexOf('M'), shortDate.indexOf('d')] as const;
  if (year < month && year < day) return 'ymd';
  return day < month ? 'dmy' : 'mdy';
}
