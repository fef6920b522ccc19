import type { DateCulture } from './date-culture.ts';
import { english } from './date-culture.ts';
import { dayName, monthName } from './date-names.ts';

/** Names of months and days in a culture and in English, for reading; whatever their case, with or without a point. */
export type LocaleNames = {
  readonly find: (word: string) => number | undefined;
  readonly isDayName: (word: string) => boolean;
};

export function monthNames(culture: DateCulture): LocaleNames {
  const months = new Map<string, number>();
  const days = new Set<string>();
  for (const one of culture.tag === 'en-US' ? [english] : [english, culture]) {
    for (const style of ['long', 'short'] as const) {
      for (let month = 1; month <= 12; month += 1) {
        for (const isBesideDay of [true, false]) months.set(bare(monthName(one, month, style, isBesideDay)), month);
      }
      for (let day = 0; day < 7; day += 1) days.add(bare(dayName(one, day, style)));
    }
  }
  return { find: (word) => months.get(bare(word)), isDayName: (word) => days.has(bare(word)) };
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** A locale tag that the runtime knows, or undefined. */
export function knownLocale(tag: string): string | undefined {
  if (tag === 'en-US') return tag;
  try {
    const [canonical] = Intl.getCanonicalLocales(tag.replaceAll('_', '-'));
    return canonical !== undefined && Intl.DateTimeFormat.supportedLocalesOf([canonical]).length > 0
      ? canonical
      : undefined;
  } catch {
    return undefined;
  }
}
