/** Names of the platform’s products, which a connector may not carry (certification, title and description). */
const products =
  /\b(power ?(apps|automate|bi|platform|pages|virtual agents)|microsoft flow|logic ?apps|copilot studio|dataverse)\b/i;
/** Words that say only what every connector is. */
const kinds = /\b(api|connectors?)\b/i;

/** The first word of a text that is not allowed in it. */
export function restrictedWordIn(text: string, isTitle: boolean): string | undefined {
  return products.exec(text)?.[0] ?? (isTitle ? kinds.exec(text)?.[0] : undefined);
}

/** Whether a text is written in Latin letters, as English is; which language it is cannot be told. */
export function isEnglish(text: string): boolean {
  return !/[\p{L}--\p{Script=Latin}]/v.test(text);
}

/** Whether a text ends as a sentence does. */
export function sentenceEnds(text: string): boolean {
  return /[.!?…:。]["'”’)\]]*$/.test(text.trim());
}

/** Whether two texts say the same, whatever their case and punctuation. */
export function isSameText(left: string, right: string): boolean {
  const bare = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return bare(left) === bare(right);
}

/** Whether most words after the first begin with a capital, as in a title; words all in capitals do not count. */
export function isTitleCase(text: string): boolean {
  const words = text
    .split(/\s+/)
    .slice(1)
    .filter((word) => /^\p{L}{4,}$/u.test(word) && word !== word.toUpperCase());
  return words.length >= 2 && words.every((word) => /^\p{Lu}/u.test(word));
}

/** The first word of some length that begins with a small letter, as it does not in a title. */
export function smallWordIn(text: string): string | undefined {
  return text.split(/[\s/-]+/).find((word) => /^\p{Ll}\p{L}{3,}$/u.test(word) && !minor.has(word));
}

const minor = new Set(['with', 'from', 'into', 'onto', 'over', 'than', 'that', 'when', 'upon', 'this']);
