import { mapSlices } from '../../map-slices.ts';
import { costOfMatch, type Meter } from '../../meter.ts';

/** Not mapped by .NET's invariant culture, though Unicode has a mapping: dotted and dotless i, long s. */
const unmapped = new Set(['\u0130', '\u0131', '\u017f']);

/** Upper case in .NET's invariant culture: character by character, so that the length stays. */
export function toInvariantUpper(text: string, meter: Meter): string {
  return isAscii(text)
    ? text.toUpperCase()
    : mapSlices(text, (slice) => mapEach(slice, meter, (character) => character.toUpperCase()));
}

/** Lower case in .NET's invariant culture: character by character, so that the length stays. */
export function toInvariantLower(text: string, meter: Meter): string {
  return isAscii(text)
    ? text.toLowerCase()
    : mapSlices(text, (slice) => mapEach(slice, meter, (character) => character.toLowerCase()));
}

function mapEach(text: string, meter: Meter, map: (character: string) => string): string {
  const mapped = map(text);
  // What maps as a whole and keeps its length maps so character by character, but for the final sigma and the exceptions.
  if (mapped.length === text.length && !/[\u0130\u0131\u017f\u03a3]/.test(text)) return mapped;
  meter.charge(costOfMatch * text.length);
  const characters: string[] = [];
  for (const character of text) {
    const one = unmapped.has(character) ? character : map(character);
    characters.push(one.length === character.length ? one : character);
  }
  return characters.join('');
}

const nonAscii = /[^\0-\x7f]/;

function isAscii(text: string): boolean {
  return !nonAscii.test(text);
}
