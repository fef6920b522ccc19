import { ExpressionError, positionIn } from './errors.ts';
import { parseNumber } from './numbers.ts';
import { Scanner, type Token } from './scanner.ts';
import type { Dereference, ExpressionNode, TemplateNode, TemplateSegment } from './syntax.ts';

/** Longest expression that is accepted, as the ecosystem's. */
const maxExpressionLength = 8192;
const maxNesting = 100;

/**
 * Parses a template. A text that begins with `@` is one expression; `@{…}` within a text is interpolated; `@@` and `@@{` stand for
 * the characters themselves. Throws {@link ExpressionError}.
 */
export function parseTemplate(text: string): TemplateNode {
  if (text.length < 2) return { kind: 'literal', text };
  if (text.startsWith('@@')) return { kind: 'literal', text: text.slice(1) };
  if (text.startsWith('@') && text[1] !== '{') {
    const expression = parseExpression(text, 1, text.length);
    return { kind: 'expression', expression, source: text.slice(1) };
  }
  if (!text.includes('@{')) return { kind: 'literal', text };
  return parseInterpolation(text);
}

function parseInterpolation(text: string): TemplateNode {
  const segments: TemplateSegment[] = [];
  let literal = '';
  let index = 0;
  while (index < text.length) {
    const at = text.indexOf('@', index);
    if (at === -1) break;
    literal += text.slice(index, at);
    if (text.startsWith('@@{', at)) {
      literal += '@{';
      index = at + 3;
    } else if (text[at + 1] === '{') {
      const end = findClosingBrace(text, at + 2);
      if (literal !== '') segments.push({ kind: 'text', text: literal });
      literal = '';
      segments.push({
        kind: 'expression',
        expression: parseExpression(text, at + 2, end),
        source: text.slice(at + 2, end),
      });
      index = end + 1;
    } else {
      literal += '@';
      index = at + 1;
    }
  }
  literal += text.slice(index);
  if (segments.length === 0) return { kind: 'literal', text: literal };
  if (literal !== '') segments.push({ kind: 'text', text: literal });
  return { kind: 'interpolation', segments };
}

/** The brace that ends an interpolation: the first one outside quotes. */
function findClosingBrace(text: string, start: number): number {
  let isQuoted = false;
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === "'") isQuoted = !isQuoted;
    else if (text[index] === '}' && !isQuoted) return index;
  }
  const position = positionIn(text, start - 2);
  throw new ExpressionError(
    `The template language expression '${text}' is not valid: the interpolation that begins at line ${position.line} and column ${position.column} is not closed by '}'.`,
    { reason: 'syntax', position },
  );
}

/** Parses the expression between two offsets of a template. */
export function parseExpression(text: string, start: number, end: number): ExpressionNode {
  if (end - start > maxExpressionLength) {
    throw new ExpressionError(
      `The template language expression has ${end - start} characters, which is more than the limit of ${maxExpressionLength}. Split it up, for example with Compose actions.`,
      { reason: 'limit-exceeded', position: positionIn(text, start) },
    );
  }
  return new Parser(text, start, end).parse();
}

class Parser {
  readonly #scanner: Scanner;
  #token: Token;

  constructor(text: string, start: number, end: number) {
    this.#scanner = new Scanner(text, start, end);
    this.#token = this.#scanner.next();
  }

  parse(): ExpressionNode {
    const expression = this.#expression(0);
    if (this.#token.kind !== 'end') throw this.#unexpected('the end of the expression');
    return expression;
  }

  #expression(depth: number): ExpressionNode {
    if (depth > maxNesting)
      throw this.#scanner.fail(this.#token.start, `calls are nested deeper than ${maxNesting} levels`);
    const token = this.#token;
    switch (token.kind) {
      case 'string':
        this.#advance();
        return { kind: 'constant', type: 'string', value: token.text, text: token.text };
      case 'integer':
      case 'float':
        this.#advance();
        return { kind: 'constant', type: 'number', value: parseNumber(token.text), text: token.text };
      case 'identifier':
        this.#advance();
        return this.#isAt('(') ? this.#call(token, depth) : this.#word(token);
      default:
        throw this.#unexpected('a function, a string or a number');
    }
  }

  #word(token: Token): ExpressionNode {
    switch (token.text.toLowerCase()) {
      case 'null':
        return { kind: 'constant', type: 'null', value: null, text: 'null' };
      case 'true':
        return { kind: 'constant', type: 'boolean', value: true, text: 'true' };
      case 'false':
        return { kind: 'constant', type: 'boolean', value: false, text: 'false' };
      default:
        throw this.#scanner.fail(
          token.start,
          `'${token.text}' is not a value: a function needs parentheses, a string single quotes`,
        );
    }
  }

  #call(name: Token, depth: number): ExpressionNode {
    this.#advance();
    const parsed: ExpressionNode[] = [];
    if (!this.#isAt(')')) {
      parsed.push(this.#expression(depth + 1));
      while (this.#isAt(',')) {
        this.#advance();
        parsed.push(this.#expression(depth + 1));
      }
    }
    this.#expect(')');
    const dereferences = this.#dereferences(depth);
    const word = dereferences.length === 0 && parsed.length === 0 ? literalCall(name.text) : undefined;
    return word ?? { kind: 'call', name: name.text, arguments: parsed, dereferences, offset: name.start };
  }

  #dereferences(depth: number): readonly Dereference[] {
    const found: Dereference[] = [];
    for (;;) {
      const isSafe = this.#isAt('?');
      if (isSafe) this.#advance();
      if (this.#isAt('.')) {
        this.#advance();
        const token = this.#token;
        if (token.kind !== 'identifier') throw this.#unexpected("a property's name");
        this.#advance();
        found.push({ isSafe, key: { kind: 'constant', type: 'string', value: token.text, text: token.text } });
      } else if (this.#isAt('[')) {
        this.#advance();
        found.push({ isSafe, key: this.#expression(depth + 1) });
        this.#expect(']');
      } else if (isSafe) throw this.#unexpected("'.' or '['");
      else return found;
    }
  }

  #isAt(text: string): boolean {
    return this.#token.kind === 'punctuation' && this.#token.text === text;
  }

  #advance(): void {
    this.#token = this.#scanner.next();
  }

  #expect(text: string): void {
    if (!this.#isAt(text)) throw this.#unexpected(`'${text}'`);
    this.#advance();
  }

  #unexpected(expected: string): ExpressionError {
    const { kind, text, start } = this.#token;
    const found = kind === 'end' ? 'the end of the expression' : `'${text}'`;
    return this.#scanner.fail(start, `${expected} is expected, and there is ${found}`);
  }
}

/** `true()`, `false()` and `null()` are written by people who take them for functions. */
function literalCall(name: string): ExpressionNode | undefined {
  switch (name.toLowerCase()) {
    case 'null':
      return { kind: 'constant', type: 'null', value: null, text: 'null' };
    case 'true':
      return { kind: 'constant', type: 'boolean', value: true, text: 'true' };
    case 'false':
      return { kind: 'constant', type: 'boolean', value: false, text: 'false' };
    default:
      return undefined;
  }
}
