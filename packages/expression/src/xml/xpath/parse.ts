import {
  axes,
  type XpathAxis,
  XpathError,
  type XpathExpression,
  type XpathNodeTest,
  type XpathOperator,
  type XpathStep,
} from './syntax.ts';
import { tokenize, type XpathToken } from './tokens.ts';

/** Maps have longer ones than flows. */
const maximumLength = 20_000;
const maximumNesting = 200;
/** Each makes a tree deeper that is walked by recursion. */
const maximumOperators = 2000;

/** Operators by how tightly they bind, loosest first (XPath 1.0 §3.4, §3.5). */
const levels: readonly (readonly XpathOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

/** Parses an XPath 1.0 expression. Throws {@link XpathError}. */
export function parseXpath(text: string): XpathExpression {
  if (text.length > maximumLength) throw new XpathError(`the expression has more than ${maximumLength} characters`);
  return new XpathParser(tokenize(text)).parse();
}

class XpathParser {
  readonly #tokens: readonly XpathToken[];
  #at = 0;
  #depth = 0;
  #operators = 0;

  constructor(tokens: readonly XpathToken[]) {
    this.#tokens = tokens;
  }

  parse(): XpathExpression {
    const expression = this.#expression();
    if (this.#token.kind !== 'end') throw this.#unexpected();
    return expression;
  }

  get #token(): XpathToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', offset: 0 };
  }

  #isAt(...texts: readonly string[]): boolean {
    const { kind, text } = this.#token;
    return (kind === 'operator' || kind === 'punctuation') && texts.includes(text);
  }

  #take(): XpathToken {
    const token = this.#token;
    this.#at += 1;
    return token;
  }

  #expect(text: string): void {
    if (!this.#isAt(text)) throw this.#unexpected();
    this.#at += 1;
  }

  #unexpected(): XpathError {
    const { kind, text, offset } = this.#token;
    return new XpathError(
      kind === 'end' ? 'it ends too early' : `'${text}' is not expected at character ${offset + 1}`,
    );
  }

  #expression(): XpathExpression {
    this.#depth += 1;
    if (this.#depth > maximumNesting) throw new XpathError(`it nests deeper than ${maximumNesting} levels`);
    const expression = this.#binary(0);
    this.#depth -= 1;
    return expression;
  }

  #binary(level: number): XpathExpression {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const { kind, text } = this.#token;
      const operator = kind === 'operator' ? operators.find((one) => one === text) : undefined;
      if (operator === undefined) return left;
      this.#takeOperator();
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
  }

  #takeOperator(): void {
    this.#at += 1;
    this.#operators += 1;
    if (this.#operators > maximumOperators) throw new XpathError(`it has more than ${maximumOperators} operators`);
  }

  #unary(): XpathExpression {
    let isNegative = false;
    let signs = 0;
    while (this.#isAt('-')) {
      this.#at += 1;
      signs += 1;
      isNegative = !isNegative;
    }
    const operand = this.#union();
    if (signs === 0) return operand;
    // Two signs make a number of what they stand before, too.
    const negated: XpathExpression = { kind: 'negate', operand };
    return isNegative ? negated : { kind: 'negate', operand: negated };
  }

  #union(): XpathExpression {
    let left = this.#path();
    while (this.#isAt('|')) {
      this.#takeOperator();
      left = { kind: 'binary', operator: '|', left, right: this.#path() };
    }
    return left;
  }

  #path(): XpathExpression {
    const { kind, text } = this.#token;
    if (kind === 'literal' || kind === 'number' || kind === 'function' || text === '(' || text === '$') {
      const base = this.#filter();
      return this.#isAt('/', '//') ? { kind: 'path', from: base, steps: this.#followingSteps() } : base;
    }
    if (this.#isAt('/')) {
      this.#at += 1;
      return { kind: 'path', from: 'document', steps: this.#startsStep() ? this.#relativeSteps() : [] };
    }
    if (this.#isAt('//')) return { kind: 'path', from: 'document', steps: this.#followingSteps() };
    return { kind: 'path', from: 'context', steps: this.#relativeSteps() };
  }

  #startsStep(): boolean {
    const { kind, text } = this.#token;
    return (
      ['name', 'axis', 'node-type'].includes(kind) || (kind === 'punctuation' && ['.', '..', '@', '*'].includes(text))
    );
  }

  #relativeSteps(): readonly XpathStep[] {
    return [this.#step(), ...this.#followingSteps()];
  }

  #followingSteps(): readonly XpathStep[] {
    const steps: XpathStep[] = [];
    while (this.#isAt('/', '//')) {
      if (this.#take().text === '//')
        steps.push({ axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] });
      steps.push(this.#step());
    }
    return steps;
  }

  #step(): XpathStep {
    if (this.#isAt('.') || this.#isAt('..')) {
      const axis = this.#take().text === '.' ? 'self' : 'parent';
      return { axis, test: { kind: 'node' }, predicates: [] };
    }
    const axis = this.#axis();
    const test = this.#nodeTest();
    return { axis, test, predicates: this.#predicates() };
  }

  #axis(): XpathAxis {
    if (this.#isAt('@')) {
      this.#at += 1;
      return 'attribute';
    }
    if (this.#token.kind !== 'axis') return 'child';
    const { text, offset } = this.#take();
    const axis = axes.find((one) => one === text);
    if (axis === undefined)
      throw new XpathError(`there is no axis '${text}', which is named at character ${offset + 1}`);
    this.#expect('::');
    return axis;
  }

  #nodeTest(): XpathNodeTest {
    if (this.#token.kind === 'node-type') return this.#nodeType();
    if (this.#isAt('*')) {
      this.#at += 1;
      return { kind: 'any-name', prefix: undefined };
    }
    if (this.#token.kind !== 'name') throw this.#unexpected();
    const [first = '', second] = this.#take().text.split(':');
    if (second === undefined) return { kind: 'name', prefix: undefined, local: first };
    return second === '*' ? { kind: 'any-name', prefix: first } : { kind: 'name', prefix: first, local: second };
  }

  #nodeType(): XpathNodeTest {
    const { text } = this.#take();
    this.#expect('(');
    const target = text === 'processing-instruction' && this.#token.kind === 'literal' ? this.#take().text : undefined;
    this.#expect(')');
    switch (text) {
      case 'node':
      case 'text':
      case 'comment':
        return { kind: text };
      default:
        return { kind: 'instruction', target };
    }
  }

  #predicates(): readonly XpathExpression[] {
    const predicates: XpathExpression[] = [];
    while (this.#isAt('[')) {
      this.#at += 1;
      predicates.push(this.#expression());
      this.#expect(']');
    }
    return predicates;
  }

  #filter(): XpathExpression {
    const base = this.#primary();
    const predicates = this.#predicates();
    return predicates.length === 0 ? base : { kind: 'filter', base, predicates };
  }

  #primary(): XpathExpression {
    const token = this.#take();
    switch (token.kind) {
      case 'literal':
        return { kind: 'literal', value: token.text };
      case 'number':
        return { kind: 'literal', value: Number(token.text) };
      case 'function':
        return this.#call(token.text);
      default: {
        if (token.text === '$') return this.#variable();
        const inner = this.#expression();
        this.#expect(')');
        return inner;
      }
    }
  }

  #variable(): XpathExpression {
    if (this.#token.kind !== 'name' || this.#token.text.endsWith('*')) throw this.#unexpected();
    return { kind: 'variable', name: this.#take().text };
  }

  #call(name: string): XpathExpression {
    this.#expect('(');
    const parsed: XpathExpression[] = [];
    if (!this.#isAt(')')) {
      parsed.push(this.#expression());
      while (this.#isAt(',')) {
        this.#at += 1;
        parsed.push(this.#expression());
      }
    }
    this.#expect(')');
    return { kind: 'call', name, arguments: parsed };
  }
}
