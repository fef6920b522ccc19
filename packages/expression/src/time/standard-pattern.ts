import type { DateCulture } from './date-culture.ts';

const roundTrip = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";
const rfc1123 = "ddd', 'dd' 'MMM' 'yyyy' 'HH':'mm':'ss' GMT'";

/** Standard formats that mean the same in every culture. */
const invariant: Readonly<Record<string, string>> = {
  O: roundTrip,
  o: roundTrip,
  R: rfc1123,
  r: rfc1123,
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  u: "yyyy'-'MM'-'dd' 'HH':'mm':'ss'Z'",
};

const cultural: Readonly<Record<string, (culture: DateCulture) => string>> = {
  d: ({ shortDate }) => shortDate,
  D: ({ longDate }) => longDate,
  f: ({ longDate, shortTime }) => `${longDate} ${shortTime}`,
  F: ({ longDate, longTime }) => `${longDate} ${longTime}`,
  U: ({ longDate, longTime }) => `${longDate} ${longTime}`,
  g: ({ shortDate, shortTime }) => `${shortDate} ${shortTime}`,
  G: ({ shortDate, longTime }) => `${shortDate} ${longTime}`,
  M: ({ monthDay }) => monthDay,
  m: ({ monthDay }) => monthDay,
  t: ({ shortTime }) => shortTime,
  T: ({ longTime }) => longTime,
  Y: ({ yearMonth }) => yearMonth,
  y: ({ yearMonth }) => yearMonth,
};

/** The custom format that a standard one of one letter stands for in a culture; undefined for a letter that is none. */
export function standardPattern(
  letter: string,
  culture: DateCulture,
): { readonly format: string; readonly isInvariant: boolean } | undefined {
  if (Object.hasOwn(invariant, letter)) return { format: invariant[letter] ?? '', isInvariant: true };
  const pattern = Object.hasOwn(cultural, letter) ? cultural[letter] : undefined;
  return pattern === undefined ? undefined : { format: pattern(culture), isInvariant: false };
}
