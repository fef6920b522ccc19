import { cultureDates } from './culture-dates.ts';

/** How a culture writes dates and times, in .NET's custom formats. */
export type DateCulture = {
  /** A tag that Intl knows. */
  readonly tag: string;
  readonly shortDate: string;
  readonly longDate: string;
  readonly shortTime: string;
  readonly longTime: string;
  readonly monthDay: string;
  readonly yearMonth: string;
  readonly dateSeparator: string;
  readonly timeSeparator: string;
  readonly morning: string;
  readonly afternoon: string;
};

/** The culture of a tag that is known: as .NET on Windows has it, or as Unicode's CLDR does. */
export function dateCultureOf(tag: string): DateCulture {
  const specific = specificTag(tag);
  const row = Object.hasOwn(cultureDates, specific) ? cultureDates[specific] : undefined;
  return row === undefined ? cultureFromIntl(tag) : readRow(tag, row);
}

/** A language alone stands for its first region: `fr` for `fr-FR`. */
export function specificTag(tag: string): string {
  const locale = new Intl.Locale(tag);
  if (locale.region !== undefined) return tag;
  const { language, region = '' } = locale.maximize();
  return `${language}-${region}`;
}

function readRow(tag: string, row: string): DateCulture {
  const [shortDate = '', longDate = '', shortTime = '', longTime = '', monthDay = '', yearMonth = '', ...rest] =
    row.split('|');
  const [dateSeparator = '/', timeSeparator = ':', morning = '', afternoon = ''] = rest;
  return {
    tag,
    shortDate,
    longDate,
    shortTime,
    longTime,
    monthDay,
    yearMonth,
    dateSeparator,
    timeSeparator,
    morning,
    afternoon,
  };
}

/** What everything is written in that names no culture. */
export const english: DateCulture = readRow('en-US', cultureDates['en-US'] ?? '');

function cultureFromIntl(tag: string): DateCulture {
  const shortDate = patternOf(tag, { dateStyle: 'short' }).replace(/(?<!y)yy(?!y)/, 'yyyy');
  const shortTime = patternOf(tag, { timeStyle: 'short' });
  return {
    tag,
    shortDate,
    longDate: patternOf(tag, { dateStyle: 'full' }),
    shortTime,
    longTime: patternOf(tag, { timeStyle: 'medium' }),
    monthDay: patternOf(tag, { month: 'long', day: 'numeric' }),
    yearMonth: patternOf(tag, { month: 'long', year: 'numeric' }),
    dateSeparator: /[yMd](\W+?)'?[yMd]/.exec(shortDate)?.[1] ?? '/',
    timeSeparator: /[hH](\W+?)m/.exec(shortTime)?.[1] ?? ':',
    morning: halfOfDay(tag, 6),
    afternoon: halfOfDay(tag, 18),
  };
}

const gregorian = { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' } as const;
/** Friday, 2009-06-05 07:08:09: every part differs from every other. */
const sample = Date.UTC(2009, 5, 5, 7, 8, 9);

/** The custom format that writes what Intl writes. */
function patternOf(tag: string, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(tag, { ...options, ...gregorian });
  const has12Hours = format.resolvedOptions().hour12 === true;
  return format
    .formatToParts(sample)
    .map(({ type, value }) => {
      const digits = value.length > 1 ? 2 : 1;
      switch (type) {
        case 'year':
          return value.length === 2 ? 'yy' : 'yyyy';
        case 'month':
          return /^\d+$/.test(value) ? 'M'.repeat(digits) : 'MMMM';
        case 'day':
          return 'd'.repeat(digits);
        case 'weekday':
          return 'dddd';
        case 'hour':
          return (has12Hours ? 'h' : 'H').repeat(digits);
        case 'minute':
          return 'mm';
        case 'second':
          return 'ss';
        case 'dayPeriod':
          return 'tt';
        default: {
          const text = value.replace(/[\u00a0\u202f]/g, ' ');
          return /[\p{L}'"\\%]/u.test(text) ? `'${text.replace(/['\\]/g, '\\$&')}'` : text;
        }
      }
    })
    .join('');
}

function halfOfDay(tag: string, hour: number): string {
  const format = new Intl.DateTimeFormat(tag, { hour: 'numeric', hour12: true, ...gregorian });
  const parts = format.formatToParts(Date.UTC(2009, 5, 5, hour));
  return parts.find(({ type }) => type === 'dayPeriod')?.value ?? '';
}
