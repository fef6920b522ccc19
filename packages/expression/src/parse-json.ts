import type { Value } from './contract.ts';
import { endOfString } from './end-of-string.ts';
import { jsonNestsTooDeep, maximumJsonDepth } from './json-depth.ts';
import { jsonHasTooManyValues, maximumJsonValues } from './json-values.ts';
import { RealNumber } from './numbers.ts';

/** Parses JSON text, keeping integers beyond 2^53 and floats that are whole. Throws `SyntaxError`. */
export function parseJson(text: string): Value {
  if (jsonNestsTooDeep(text)) throw new SyntaxError(`the JSON nests deeper than ${maximumJsonDepth} levels`);
  if (jsonHasTooManyValues(text)) throw new SyntaxError(`the JSON holds more than ${maximumJsonValues} values`);
  // Only then exactness costs anything: many digits, a fraction of zeros, an exponent.
  if (!needsExactness.test(text)) return JSON.parse(text) as Value;
  const plain = JSON.parse(text) as Value;
  if (holdsMark.test(text)) return JSON.parse(text, reviveExactly) as Value;
  const marked = markNumbers(text);
  return marked.length === text.length ? plain : unmark(JSON.parse(marked) as Value);
}

const needsExactness = /(?<![.\d])\d{16}|\d\.0+(?!\d)|\d[eE]/;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Numbers that a float does not keep are marked as texts, since asking for the source of every number costs a hundred times as much.
 * Texts that could be taken for a mark are looked for first.
 */
const mark = '\\u0000number ';
const decodedMark = '\0number ';
const holdsMark = /\\u0000/i;

/** In a text that is JSON; what stands within its texts is left alone. */
function markNumbers(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', at)) {
    const end = endOfString(text, quote);
    pieces.push(text.slice(at, quote).replace(number, markNumber), text.slice(quote, end));
    at = end;
  }
  return pieces.join('') + text.slice(at).replace(number, markNumber);
}

function markNumber(source: string): string {
  return exactNumber(source) === undefined ? source : `"${mark}${source}"`;
}

/** The value of a number as written, when it is another than JavaScript's. */
function exactNumber(source: string): Value | undefined {
  const value = Number(source);
  if (/[.eE]/.test(source)) return Number.isInteger(value) ? new RealNumber(value) : undefined;
  if (Number.isSafeInteger(value)) return undefined;
  // Beyond 64 bits nothing can be calculated with it, but it passes through unchanged.
  return source.length <= maximumIntegerDigits ? BigInt(source) : new RealNumber(value);
}

const maximumIntegerDigits = 400;

/** Puts exact numbers in the place of marks, in a value that nobody else has seen yet. */
function unmark(value: Value): Value {
  if (typeof value === 'string')
    return value.startsWith(decodedMark) ? (exactNumber(value.slice(decodedMark.length)) ?? value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const container = value as { [name: string]: Value };
  for (const name of Object.keys(container)) {
    const before = container[name] ?? null;
    const after = unmark(before);
    if (after !== before) Object.defineProperty(container, name, { value: after });
  }
  return value;
}

/** The third argument carries the source text of numbers (ECMA-262, `JSON.parse` source text access). */
function reviveExactly(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return exactNumber(context.source) ?? value;
}
