import { type DateCulture, dateCultureOf, english } from './date-culture.ts';
import { dayName, monthName } from './date-names.ts';
import { type DateFields, type DateTime, fieldsOf } from './date-time.ts';
import { readFormat } from './read-format.ts';
import { standardPattern } from './standard-pattern.ts';

/**
 * Formats a date and time by a .NET format, standard or custom. Undefined for a format that .NET refuses. The format's size is
 * bounded by its caller.
 */
export function formatDateTime(value: DateTime, format: string, locale = 'en-US'): string | undefined {
  const culture = locale === 'en-US' ? english : dateCultureOf(locale);
  if (format.length > 1) return formatCustom(value, format, culture);
  const pattern = standardPattern(format === '' ? 'G' : format, culture);
  if (pattern === undefined) return undefined;
  return formatCustom(value, pattern.format, pattern.isInvariant ? english : culture);
}

function formatCustom(value: DateTime, format: string, culture: DateCulture): string | undefined {
  const tokens = readFormat(format);
  if (tokens === undefined) return undefined;
  const fields = fieldsOf(value);
  const hasDay = tokens.some(({ kind, text }) => kind === 'specifier' && (text === 'd' || text === 'dd'));
  let text = '';
  for (const token of tokens) {
    if (token.kind === 'text') {
      text += token.text;
      continue;
    }
    const written = writeSpecifier(token.text, fields, value.isUtc, culture, hasDay);
    if (written === undefined) return undefined;
    // A fraction that is left out takes the point before it along.
    if (token.text.startsWith('F') && written === '' && text.endsWith('.')) text = text.slice(0, -1);
    text += written;
  }
  return text;
}

function writeSpecifier(
  token: string,
  fields: DateFields,
  isUtc: boolean,
  culture: DateCulture,
  hasDay: boolean,
): string | undefined {
  const count = token.length;
  const pad = (value: number): string => String(value).padStart(Math.min(count, 2), '0');
  const style = count === 3 ? 'short' : 'long';
  switch (token[0]) {
    case 'd':
      return count <= 2 ? pad(fields.day) : dayName(culture, fields.dayOfWeek, style);
    case 'M':
      return count <= 2 ? pad(fields.month) : monthName(culture, fields.month, style, hasDay);
    case 'y':
      return count <= 2 ? pad(fields.year % 100) : String(fields.year).padStart(count, '0');
    case 'H':
      return pad(fields.hour);
    case 'h':
      return pad(((fields.hour + 11) % 12) + 1);
    case 'm':
      return pad(fields.minute);
    case 's':
      return pad(fields.second);
    case 'f':
    case 'F':
      return fraction(token, fields);
    case 't': {
      const half = fields.hour < 12 ? culture.morning : culture.afternoon;
      return count === 1 ? half.slice(0, 1) : half;
    }
    case 'g':
      return 'A.D.';
    case 'K':
      return isUtc ? 'Z' : '';
    case 'z':
      return count >= 3 ? '+00:00' : count === 2 ? '+00' : '+0';
    case '/':
      return culture.dateSeparator;
    case ':':
      return culture.timeSeparator;
    default:
      return undefined;
  }
}

function fraction(token: string, fields: DateFields): string | undefined {
  if (token.length > 7) return undefined;
  const digits = String(fields.fraction).padStart(7, '0').slice(0, token.length);
  return token.startsWith('f') ? digits : digits.replace(/0+$/, '');
}
