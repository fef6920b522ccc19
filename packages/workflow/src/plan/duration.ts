const isoPattern =
  /^([+-])?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const timeSpanPattern = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/;

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Milliseconds of an ISO 8601 duration (`PT1H30M`) or a .NET TimeSpan (`1.02:03:04`); `undefined` when it is neither. A month counts as
 * 30 days and a year as 365, as .NET's XmlConvert does.
 */
export function parseDurationMs(text: string): number | undefined {
  const iso = isoPattern.exec(text.trim());
  if (iso !== null && /\d/.test(text) && !/T$/i.test(text)) {
    const [, sign, years, months, weeks, days, hours, minutes, seconds] = iso;
    const total =
      (count(years) * 365 + count(months) * 30 + count(weeks) * 7 + count(days)) * dayMs +
      count(hours) * hourMs +
      count(minutes) * minuteMs +
      count(seconds) * secondMs;
    return sign === '-' ? -total : total;
  }
  const span = timeSpanPattern.exec(text.trim());
  if (span === null) return undefined;
  const [, sign, days, hours, minutes, seconds, fraction] = span;
  const total =
    count(days) * dayMs +
    count(hours) * hourMs +
    count(minutes) * minuteMs +
    count(seconds) * secondMs +
    Math.floor(count(`0.${fraction ?? '0'}`) * secondMs);
  return sign === '-' ? -total : total;
}

function count(text: string | undefined): number {
  return text === undefined ? 0 : Number(text);
}

/** Units of `interval.count`/`unit` and of recurrences, in milliseconds; months and years are calendar arithmetic and not here. */
export const unitMs: { readonly [unit: string]: number } = {
  second: secondMs,
  minute: minuteMs,
  hour: hourMs,
  day: dayMs,
  week: 7 * dayMs,
};
