import { cultureNames } from './culture-names.ts';
import { type DateCulture, specificTag } from './date-culture.ts';

const englishDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The name of a day of the week, Sunday 0. */
export function dayName({ tag }: DateCulture, day: number, style: 'short' | 'long'): string {
  if (tag === 'en-US') return shorten(englishDays[day] ?? '', style);
  const short = style === 'short' ? shortNames(tag)?.days[day] : undefined;
  // 2021-01-03 was a Sunday.
  return short ?? intl(tag, { weekday: style }).format(Date.UTC(2021, 0, 3 + day));
}

/** The name of a month, January 1; beside the day of the month some languages decline it. */
export function monthName({ tag }: DateCulture, month: number, style: 'short' | 'long', isBesideDay: boolean): string {
  if (tag === 'en-US') return shorten(englishMonths[month - 1] ?? '', style);
  const short = style === 'short' ? shortNames(tag)?.months[month - 1] : undefined;
  if (short !== undefined) return short;
  const date = Date.UTC(2021, month - 1, 1);
  if (!isBesideDay) return intl(tag, { month: style }).format(date);
  const parts = intl(tag, { month: style, day: 'numeric' }).formatToParts(date);
  const name = parts.find(({ type }) => type === 'month')?.value ?? '';
  return /^\d/.test(name) ? intl(tag, { month: style }).format(date) : name;
}

function shorten(name: string, style: 'short' | 'long'): string {
  return style === 'short' ? name.slice(0, 3) : name;
}

function shortNames(tag: string): { readonly days: readonly string[]; readonly months: readonly string[] } | undefined {
  const specific = specificTag(tag);
  const row = Object.hasOwn(cultureNames, specific) ? cultureNames[specific] : undefined;
  const [days = '', months = ''] = row?.split('|') ?? [];
  return row === undefined ? undefined : { days: days.split(','), months: months.split(',') };
}

function intl(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' });
}
