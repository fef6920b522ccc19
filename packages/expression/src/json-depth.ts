/** What is read is walked by recursion afterwards, so its depth has a bound; definitions are read to the same one. */
export const maximumJsonDepth = 500;

/** Whether a JSON text opens more arrays and objects at once than {@link maximumJsonDepth}; brackets inside strings do not count. */
export function jsonNestsTooDeep(text: string): boolean {
  return nestsDeeper(text, maximumJsonDepth);
}

/** The same for any number of levels. */
export function nestsDeeper(text: string, levels: number): boolean {
  // As many closings as openings: a shorter text cannot.
  if (text.length <= 2 * levels) return false;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index += 1;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (code === openBracket || code === openBrace) {
      depth += 1;
      if (depth > levels) return true;
    } else if (code === closeBracket || code === closeBrace) depth -= 1;
  }
  return false;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
