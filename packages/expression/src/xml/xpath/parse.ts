import {
  type Axis,
  axes,
  type BinaryOperator,
  type NodeTest,
  type Step,
  XpathError,
  type XpathExpression,
} from './syntax.ts';
import { tokenize, type XpathToken } from './tokens.ts';

const maxXpathLength = 8192;
const maxXpathNesting = 100;

/** Operators by how tightly they bind, loosest first (XPath 1.0 §3.4, §3.5). */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

/** Parses an XPath 1.0 expression. Throws {@link XpathError}. */
export function parseXpath(text: string): XpathExpression {
  if (text.length > maxXpathLength) throw new XpathError(`the expression has more than ${maxXpathLength} characters`);
  return new XpathParser(tokenize(text)).parse();
}

class XpathParser {
  readonly #tokens: readonly XpathToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly XpathToken[]) {
    this.#tokens = tokens;
  }

  parse(): XpathExpression {
    const expression = this.#expression();
    if (this.#token.kind !== 'end') throw this.#unexpected();
    return expression;
  }

  get #token(): XpathToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
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
    const { kind, text } = this.#token;
    return new XpathError(kind === 'end' ? 'it ends too early' : `'${text}' is not expected there`);
  }

  #expression(): XpathExpression {
    this.#depth += 1;
    if (this.#depth > maxXpathNesting) throw new XpathError(`it nests deeper than ${maxXpathNesting} levels`);
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
      this.#at += 1;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
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
      this.#at += 1;
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

  #relativeSteps(): readonly Step[] {
    return [this.#step(), ...this.#followingSteps()];
  }

  #followingSteps(): readonly Step[] {
    const steps: Step[] = [];
    while (this.#isAt('/', '//')) {
      if (this.#take().text === '//')
        steps.push({ axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] });
      steps.push(this.#step());
    }
    return steps;
  }

  #step(): Step {
    if (this.#isAt('.') || this.#isAt('..')) {
      const axis = this.#take().text === '.' ? 'self' : 'parent';
      return { axis, test: { kind: 'node' }, predicates: [] };
    }
    const axis = this.#axis();
    const test = this.#nodeTest();
    return { axis, test, predicates: this.#predicates() };
  }

  #axis(): Axis {
    if (this.#isAt('@')) {
      this.#at += 1;
      return 'attribute';
    }
    if (this.#token.kind !== 'axis') return 'child';
    const { text } = this.#take();
    const axis = axes.find((one) => one === text);
    if (axis === undefined) throw new XpathError(`there is no axis '${text}' here`);
    this.#expect('::');
    return axis;
  }

  #nodeTest(): NodeTest {
    if (this.#token.kind === 'node-type') return this.#nodeType();
    if (this.#isAt('*')) {
      this.#at += 1;
      return { kind: 'any-name', prefix: undefined };
    }
    if (this.#token.kind !== 'name') throw this.#unexpected();
    const first = this.#take().text;
    if (!this.#isAt(':')) return { kind: 'name', prefix: undefined, local: first };
    this.#at += 1;
    if (this.#isAt('*')) {
      this.#at += 1;
      return { kind: 'any-name', prefix: first };
    }
    if (this.#token.kind !== 'name') throw this.#unexpected();
    return { kind: 'name', prefix: first, local: this.#take().text };
  }

  #nodeType(): NodeTest {
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
        if (token.text === '$') throw new XpathError('there are no variables here');
        const inner = this.#expression();
        this.#expect(')');
        return inner;
      }
    }
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
