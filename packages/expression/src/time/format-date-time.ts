import { type DateFields, type DateTime, fieldsOf } from './date-time.ts';

/** Standard formats that mean the same in every culture, as custom ones. */
const invariant: Readonly<Record<string, string>> = {
  O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  R: "ddd', 'dd' 'MMM' 'yyyy' 'HH':'mm':'ss' GMT'",
  r: "ddd', 'dd' 'MMM' 'yyyy' 'HH':'mm':'ss' GMT'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  u: "yyyy'-'MM'-'dd' 'HH':'mm':'ss'Z'",
};

const english: Readonly<Record<string, string>> = {
  d: 'M/d/yyyy',
  D: 'dddd, MMMM d, yyyy',
  f: 'dddd, MMMM d, yyyy h:mm tt',
  F: 'dddd, MMMM d, yyyy h:mm:ss tt',
  U: 'dddd, MMMM d, yyyy h:mm:ss tt',
  g: 'M/d/yyyy h:mm tt',
  G: 'M/d/yyyy h:mm:ss tt',
  M: 'MMMM d',
  m: 'MMMM d',
  t: 'h:mm tt',
  T: 'h:mm:ss tt',
  Y: 'MMMM yyyy',
  y: 'MMMM yyyy',
};

type Styles = Intl.DateTimeFormatOptions;

/** How other cultures write the standard formats (Unicode CLDR, through Intl). */
const cultural: Readonly<Record<string, readonly Styles[]>> = {
  d: [{ dateStyle: 'short' }],
  D: [{ dateStyle: 'full' }],
  f: [{ dateStyle: 'full' }, { timeStyle: 'short' }],
  F: [{ dateStyle: 'full' }, { timeStyle: 'medium' }],
  U: [{ dateStyle: 'full' }, { timeStyle: 'medium' }],
  g: [{ dateStyle: 'short' }, { timeStyle: 'short' }],
  G: [{ dateStyle: 'short' }, { timeStyle: 'medium' }],
  M: [{ month: 'long', day: 'numeric' }],
  m: [{ month: 'long', day: 'numeric' }],
  t: [{ timeStyle: 'short' }],
  T: [{ timeStyle: 'medium' }],
  Y: [{ month: 'long', year: 'numeric' }],
  y: [{ month: 'long', year: 'numeric' }],
};

/**
 * Formats a date and time by a .NET format, standard or custom. Undefined for a format that .NET refuses. The format's size is
 * bounded by its caller.
 */
export function formatDateTime(value: DateTime, format: string, locale = 'en-US'): string | undefined {
  if (format === '') return formatDateTime(value, 'G', locale);
  if (format.length === 1) {
    const always = Object.hasOwn(invariant, format) ? invariant[format] : undefined;
    if (always !== undefined) return formatCustom(value, always, 'en-US');
    const pattern = Object.hasOwn(english, format) ? english[format] : undefined;
    if (pattern === undefined) return undefined;
    return /^en(-US)?$/i.test(locale) ? formatCustom(value, pattern, locale) : formatCultural(value, format, locale);
  }
  return formatCustom(value, format.startsWith('%') && format.length === 2 ? format.slice(1) : format, locale);
}

function formatCultural(value: DateTime, format: string, locale: string): string {
  const fields = fieldsOf(value);
  return (cultural[format] ?? [])
    .map((styles) => {
      const text = new Intl.DateTimeFormat(locale, { ...styles, timeZone: 'UTC' }).format(dateOf(fields));
      // .NET writes short years in full, no weekday in most long dates, and ordinary spaces.
      if (styles.dateStyle === 'full') return longDate(fields, locale);
      return styles.dateStyle === 'short' ? shortDate(fields, locale) : text.replace(/[\u202f\u00a0]/g, ' ');
    })
    .join(' ');
}

function shortDate(fields: DateFields, locale: string): string {
  const short = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: 'UTC' });
  return short
    .formatToParts(dateOf(fields))
    .map((part) =>
      part.type === 'year' && part.value.length === 2 ? String(fields.year).padStart(4, '0') : part.value,
    )
    .join('')
    .replace(/[\u202f\u00a0]/g, ' ');
}

/** Cultures whose long date begins with the weekday in .NET too. */
const weekdayLanguages = new Set(['en', 'fr', 'de', 'es', 'it', 'nl', 'pt', 'da', 'nb']);

function longDate(fields: DateFields, locale: string): string {
  const style = weekdayLanguages.has(locale.split('-')[0] ?? '') ? 'full' : 'long';
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' })
    .format(dateOf(fields))
    .replace(/[\u202f\u00a0]/g, ' ');
}

function dateOf(fields: DateFields): Date {
  const date = new Date(0);
  date.setUTCFullYear(fields.year, fields.month - 1, fields.day);
  date.setUTCHours(fields.hour, fields.minute, fields.second, Math.floor(fields.fraction / 10_000));
  return date;
}

function formatCustom(value: DateTime, format: string, locale: string): string | undefined {
  const fields = fieldsOf(value);
  let text = '';
  let index = 0;
  while (index < format.length) {
    const character = format[index] ?? '';
    if (character === "'" || character === '"') {
      const end = quotedEnd(format, index);
      if (end === -1) return undefined;
      text += format.slice(index + 1, end).replace(/\\(.)/gs, '$1');
      index = end + 1;
    } else if (character === '\\') {
      if (index + 1 >= format.length) return undefined;
      text += format[index + 1];
      index += 2;
    } else if (character === '%') {
      if (index + 1 >= format.length || format[index + 1] === '%') return undefined;
      index += 1;
    } else {
      let count = 1;
      while (format[index + count] === character) count += 1;
      const written = writeSpecifier(character, count, fields, value.isUtc, locale);
      if (written === undefined) return undefined;
      // A fraction that is left out takes the point before it along.
      if (character === 'F' && written === '' && text.endsWith('.')) text = text.slice(0, -1);
      text += written;
      index += count;
    }
  }
  return text;
}

function quotedEnd(format: string, start: number): number {
  for (let index = start + 1; index < format.length; index += 1) {
    if (format[index] === '\\') index += 1;
    else if (format[index] === format[start]) return index;
  }
  return -1;
}

function writeSpecifier(
  specifier: string,
  count: number,
  fields: DateFields,
  isUtc: boolean,
  locale: string,
): string | undefined {
  const pad = (value: number, width = Math.min(count, 2)): string => String(value).padStart(width, '0');
  const name = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(dateOf(fields));
  switch (specifier) {
    case 'd':
      return count <= 2 ? pad(fields.day) : name({ weekday: count === 3 ? 'short' : 'long' });
    case 'M':
      return count <= 2 ? pad(fields.month) : name({ month: count === 3 ? 'short' : 'long' });
    case 'y':
      if (count <= 2) return pad(fields.year % 100);
      return String(fields.year).padStart(count, '0');
    case 'H':
      return pad(fields.hour);
    case 'h':
      return pad(((fields.hour + 11) % 12) + 1);
    case 'm':
      return pad(fields.minute);
    case 's':
      return pad(fields.second);
    case 'f':
      return count > 7 ? undefined : String(fields.fraction).padStart(7, '0').slice(0, count);
    case 'F':
      return count > 7 ? undefined : String(fields.fraction).padStart(7, '0').slice(0, count).replace(/0+$/, '');
    case 't': {
      const half = halfOfDay(fields, locale);
      return count === 1 ? half.slice(0, 1) : half;
    }
    case 'g':
      return 'A.D.';
    case 'K':
      return (isUtc ? 'Z' : '').repeat(count);
    case 'z':
      return count >= 3 ? '+00:00' : count === 2 ? '+00' : '+0';
    default:
      return specifier.repeat(count);
  }
}

function halfOfDay(fields: DateFields, locale: string): string {
  if (/^en(-US)?$/i.test(locale)) return fields.hour < 12 ? 'AM' : 'PM';
  const parts = new Intl.DateTimeFormat(locale, { hour: 'numeric', hour12: true, timeZone: 'UTC' }).formatToParts(
    dateOf(fields),
  );
  return parts.find((part) => part.type === 'dayPeriod')?.value ?? '';
}
