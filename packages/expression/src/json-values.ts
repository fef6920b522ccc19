import { endOfString } from './end-of-string.ts';

/** A value takes up to a hundred bytes of memory and two of text, so a text that is small enough may be too much as values. */
export const maximumJsonValues = 10_000_000;

/** Whether a JSON text holds more values than `maximum`; commas and brackets inside strings do not count. */
export function jsonHasTooManyValues(text: string, maximum = maximumJsonValues): boolean {
  // A value and what parts it from the next.
  if (text.length <= 2 * maximum) return false;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at) - 1;
      // A string that is not closed: no JSON anyway.
      if (at < 0) return false;
    } else if (code === comma || code === openBracket || code === openBrace) {
      values += 1;
      if (values > maximum) return true;
    }
  }
  return false;
}

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const openBrace = 0x7b;
