/** Names of months and days in a locale, for reading. */
export type LocaleNames = {
  readonly find: (word: string) => number | undefined;
  readonly isDayName: (word: string) => boolean;
};

export function monthNames(locale: string): LocaleNames {
  const months = new Map<string, number>();
  const days = new Set<string>();
  for (const tag of [locale, 'en-US']) {
    for (const style of ['long', 'short'] as const) {
      const month = new Intl.DateTimeFormat(tag, { month: style, day: 'numeric', timeZone: 'UTC' });
      const alone = new Intl.DateTimeFormat(tag, { month: style, timeZone: 'UTC' });
      const day = new Intl.DateTimeFormat(tag, { weekday: style, timeZone: 'UTC' });
      for (let index = 0; index < 12; index += 1) {
        const date = Date.UTC(2021, index, 1);
        const inDate = month.formatToParts(date).find((part) => part.type === 'month')?.value ?? '';
        for (const name of [inDate, alone.format(date)]) if (!/^\d/.test(name)) months.set(bare(name), index + 1);
      }
      for (let index = 0; index < 7; index += 1) days.add(bare(day.format(Date.UTC(2021, 0, index + 3))));
    }
  }
  return { find: (word) => months.get(bare(word)), isDayName: (word) => days.has(bare(word)) };
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** A locale tag that the runtime knows, or undefined. */
export function knownLocale(tag: string): string | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag.replaceAll('_', '-'));
    return canonical !== undefined && Intl.DateTimeFormat.supportedLocalesOf([canonical]).length > 0
      ? canonical
      : undefined;
  } catch {
    return undefined;
  }
}
