/** The runtime's own search is faster, but quadratic where a long pattern nearly fits everywhere; beyond this product it is not asked. */
const maximumNativeWork = 2 ** 28;

/** Where a pattern begins in a text at or after a position, -1 if nowhere; in linear time whatever the texts. */
export function indexOfText(text: string, pattern: string, from = 0): number {
  if (!isHeavy(text, pattern)) return text.indexOf(pattern, from);
  const borders = bordersOf(pattern);
  return searchForward(text, pattern, borders, from);
}

/** The same from the end: the last beginning at or before a position. */
export function lastIndexOfText(text: string, pattern: string, from = text.length): number {
  if (text.length * pattern.length <= 2 ** 26) return text.lastIndexOf(pattern, from);
  const reversed = [...Array(pattern.length).keys()].map((index) => pattern[pattern.length - 1 - index]).join('');
  return searchBackward(text, reversed, bordersOf(reversed), from);
}

/** A text's parts between the occurrences of a pattern, at most a number of them. */
export function splitText(text: string, pattern: string, maximum?: number): readonly string[] {
  if (!isHeavy(text, pattern)) return text.split(pattern, maximum);
  const borders = bordersOf(pattern);
  const parts: string[] = [];
  let at = 0;
  while (maximum === undefined || parts.length < maximum) {
    const found = searchForward(text, pattern, borders, at);
    if (found === -1) return [...parts, text.slice(at)];
    parts.push(text.slice(at, found));
    at = found + pattern.length;
  }
  return parts;
}

/** Whether the runtime's search might take too long. Short patterns never do. */
function isHeavy(text: string, pattern: string): boolean {
  return pattern.length > 16 && text.length * pattern.length > maximumNativeWork;
}

/** For each beginning of a pattern the length of its longest border (Knuth, Morris and Pratt). */
function bordersOf(pattern: string): Int32Array {
  const borders = new Int32Array(pattern.length);
  let length = 0;
  for (let index = 1; index < pattern.length; index += 1) {
    const code = pattern.charCodeAt(index);
    while (length > 0 && pattern.charCodeAt(length) !== code) length = borders[length - 1] ?? 0;
    if (pattern.charCodeAt(length) === code) length += 1;
    borders[index] = length;
  }
  return borders;
}

function searchForward(text: string, pattern: string, borders: Int32Array, from: number): number {
  let matched = 0;
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    while (matched > 0 && pattern.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0;
    if (pattern.charCodeAt(matched) === code) matched += 1;
    if (matched === pattern.length) return index - pattern.length + 1;
  }
  return -1;
}

function searchBackward(text: string, reversed: string, borders: Int32Array, from: number): number {
  let matched = 0;
  for (let index = Math.min(from + reversed.length, text.length) - 1; index >= 0; index -= 1) {
    const code = text.charCodeAt(index);
    while (matched > 0 && reversed.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0;
    if (reversed.charCodeAt(matched) === code) matched += 1;
    if (matched === reversed.length) return index;
  }
  return -1;
}
