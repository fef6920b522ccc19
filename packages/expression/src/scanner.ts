import { ExpressionError, positionIn } from './errors.ts';

export type Token = {
  readonly kind: 'identifier' | 'string' | 'integer' | 'float' | 'punctuation' | 'end';
  /** An identifier's name, a string's value, a number as written, or the punctuation. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

const punctuation = new Set(['(', ')', '[', ']', ',', '.', '?']);
const numberPattern = /[+-]?\d+(\.\d+)?([eE][+-]?\d+)?/y;
/** Everything but what has a meaning of its own; .NET's notion of white space. */
const identifierPattern = /[^.,(){}@[\]?'\s\u0085]+/y;
const blankPattern = /[\s\u0085]*/y;

/** Reads tokens of an expression from a template. */
export class Scanner {
  readonly #text: string;
  readonly #end: number;
  #position: number;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#position = start;
    this.#end = end;
  }

  next(): Token {
    blankPattern.lastIndex = this.#position;
    const start = Math.min(this.#position + (blankPattern.exec(this.#text)?.[0].length ?? 0), this.#end);
    if (start >= this.#end) return this.#token('end', '', start, this.#end);
    const character = this.#text[start] ?? '';
    if (punctuation.has(character)) return this.#token('punctuation', character, start, start + 1);
    if (character === "'") return this.#string(start);
    if (/[0-9+-]/.test(character)) return this.#number(start);
    if (character === '"') {
      throw this.fail(start, 'a string needs single quotes: write \'text\' instead of "text"');
    }
    const name = match(identifierPattern, this.#text, start);
    if (name === '') throw this.fail(start, `the character '${character}' is not expected here`);
    return this.#token('identifier', name.slice(0, this.#end - start), start, Math.min(start + name.length, this.#end));
  }

  fail(offset: number, what: string): ExpressionError {
    const position = positionIn(this.#text, offset);
    return new ExpressionError(
      `The template language expression '${this.#text}' is not valid: ${what}, at line ${position.line} and column ${position.column}.`,
      { reason: 'syntax', position },
    );
  }

  #token(kind: Token['kind'], text: string, start: number, end: number): Token {
    this.#position = end;
    return { kind, text, start, end };
  }

  #string(start: number): Token {
    let value = '';
    let from = start + 1;
    for (;;) {
      const quote = this.#text.indexOf("'", from);
      if (quote === -1 || quote >= this.#end) throw this.fail(start, 'the string is not closed by a single quote');
      value += this.#text.slice(from, quote);
      if (this.#text[quote + 1] !== "'" || quote + 1 >= this.#end)
        return this.#token('string', value, start, quote + 1);
      value += "'";
      from = quote + 2;
    }
  }

  #number(start: number): Token {
    const text = match(numberPattern, this.#text, start);
    const after = this.#text[start + text.length] ?? '';
    const isCut = start + text.length < this.#end && /[^\s\u0085.,(){}@[\]?']/.test(after);
    if (text === '' || isCut) throw this.fail(start, 'this is neither a number nor a name');
    const kind = /[.eE]/.test(text) ? 'float' : 'integer';
    return this.#token(kind, text, start, start + text.length);
  }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
