import { TextBuilder } from './text-builder.ts';

/**
 * Replaces what a global pattern finds by what is made of it. Unlike `String.replace` with a function it keeps no list of what was
 * found, so memory is that of the result however often that is. `check` is told the length that the text is about to have.
 */
export function rewriteText(
  text: string,
  pattern: RegExp,
  write: (match: RegExpExecArray) => string,
  check: (length: number) => void,
): string {
  const builder = new TextBuilder(check);
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    builder.append(text.slice(at, match.index));
    builder.append(write(match));
    at = match.index + match[0].length;
  }
  if (at === 0) return text;
  builder.append(text.slice(at));
  return builder.toString();
}
