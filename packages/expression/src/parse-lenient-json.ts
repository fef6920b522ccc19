import type { Value } from './contract.ts';
import { endOfString } from './end-of-string.ts';
import { parseJson } from './parse-json.ts';
import { TextBuilder } from './text-builder.ts';

/**
 * Parses JSON as Json.NET reads it: line breaks and other control characters within texts, single quotes, names without quotes,
 * comments and commas too many at an end. What flows put together with `concat` relies on it. Throws `SyntaxError`.
 */
export function parseLenientJson(text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (text.length > maximumLenientLength) throw error;
    const strict = toStrictJson(text);
    if (strict === text) throw error;
    try {
      return parseJson(strict);
    } catch {
      // What the author wrote is what the message is to be about.
      throw error;
    }
  }
}

/** What a person or an expression writes is shorter; what is longer and no JSON is not read twice. */
const maximumLenientLength = 20_000_000;

/** Rewrites what JSON does not allow; with a text or a comment that is not closed it is left as it is. */
function toStrictJson(text: string): string {
  const pieces = new TextBuilder(() => {});
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '"' || character === "'") {
      const end = endOfString(text, at);
      if (end === -1) return text;
      pieces.append(toStrictText(text.slice(at, end)));
      at = end;
    } else if (character === ',' || character === '/') {
      const next = skipBlanks(text, character === ',' ? at + 1 : at);
      if (next === -1) return text;
      const isDropped = character === '/' ? next > at : ']}'.includes(text[next] ?? ',');
      pieces.append(isDropped ? ' ' : character);
      at = isDropped ? next : at + 1;
    } else {
      const word = matchAt(name, text, at);
      const run = word === '' ? matchAt(other, text, at) : word;
      const isName = word !== '' && text[skipBlanks(text, at + word.length)] === ':';
      pieces.append(isName ? `"${word}"` : run);
      at += run.length;
    }
  }
  return pieces.toString();
}

const name = /[A-Za-z_$][\w$]*/y;
const other = /[^"',/A-Za-z_$]+/y;
const blanks = /[ \t\r\n]*/y;

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Past white space and comments; -1 when a comment is not closed. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    at += matchAt(blanks, text, at).length;
    if (text.startsWith('//', at)) at = endOfLine(text, at);
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) return -1;
      at = end + 2;
    } else return at;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function toStrictText(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('"')) return `"${escapeControls(inner)}"`;
  return `"${escapeControls(inner.replace(/\\[\s\S]|"/g, (part) => (part === '"' ? '\\"' : unescapeQuote(part))))}"`;
}

function unescapeQuote(part: string): string {
  return part === "\\'" ? "'" : part;
}

function escapeControls(text: string): string {
  // Control characters are what is looked for.
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const controls = new RegExp(`[${String.fromCharCode(0)}-${String.fromCharCode(31)}]`, 'g');
