/** Not mapped by .NET's invariant culture, though Unicode has a mapping: dotted and dotless i, long s. */
const unmapped = new Set(['\u0130', '\u0131', '\u017f']);

/** Upper case in .NET's invariant culture: character by character, so that the length stays. */
export function toInvariantUpper(text: string): string {
  return isAscii(text) ? text.toUpperCase() : mapEach(text, (character) => character.toUpperCase());
}

/** Lower case in .NET's invariant culture: character by character, so that the length stays. */
export function toInvariantLower(text: string): string {
  return isAscii(text) ? text.toLowerCase() : mapEach(text, (character) => character.toLowerCase());
}

function mapEach(text: string, map: (character: string) => string): string {
  const mapped = map(text);
  // What maps as a whole and keeps its length maps so character by character, but for the final sigma and the exceptions.
  if (mapped.length === text.length && !/[\u0130\u0131\u017f\u03a3]/.test(text)) return mapped;
  let result = '';
  for (const character of text) {
    const one = unmapped.has(character) ? character : map(character);
    result += one.length === character.length ? one : character;
  }
  return result;
}

const nonAscii = /[^\0-\x7f]/;

function isAscii(text: string): boolean {
  return !nonAscii.test(text);
}
