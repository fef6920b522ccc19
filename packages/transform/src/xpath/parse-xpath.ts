import { type Axis, axes, type BinaryOperator, type Expression, type NodeTest, type PathStep } from './syntax.ts';
import { type Token, tokenize } from './tokenize.ts';

const maximumLength = 20_000;
const maximumDepth = 200;
const nodeTypes = new Set(['node', 'text', 'comment', 'processing-instruction']);
const anyNode: PathStep = { axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] };

/** Operators from the loosest to the tightest (XPath 1.0 §3.4, §3.5). */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

/** Parses an XPath 1.0 expression. Throws `SyntaxError` with a message that says where. */
export function parseXpath(text: string): Expression {
  if (text.length > maximumLength) throw new SyntaxError(`an expression is longer than ${maximumLength} characters`);
  const parser = new Parser(text);
  const expression = parser.expression();
  parser.expectEnd();
  return expression;
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  expression(level = 0): Expression {
    if (level === 0 && ++this.#depth > maximumDepth) this.#fail('nested too deeply');
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.expression(level + 1);
    for (;;) {
      const operator = operators.find((one) => this.#is('operator', one));
      if (operator === undefined) break;
      this.#at++;
      left = { kind: 'binary', operator, left, right: this.expression(level + 1) };
    }
    if (level === 0) this.#depth--;
    return left;
  }

  expectEnd(): void {
    if (this.#peek().kind !== 'end') this.#fail(`"${this.#peek().text}" was not expected`);
  }

  #unary(): Expression {
    let isNegative = false;
    let isSigned = false;
    while (this.#take('operator', '-')) {
      isNegative = !isNegative;
      isSigned = true;
    }
    const operand = this.#union();
    if (!isSigned) return operand;
    const negated: Expression = { kind: 'negate', operand };
    return isNegative ? negated : { kind: 'negate', operand: negated };
  }

  #union(): Expression {
    let left = this.#path();
    while (this.#take('operator', '|')) left = { kind: 'binary', operator: '|', left, right: this.#path() };
    return left;
  }

  #path(): Expression {
    if (this.#take('operator', '/')) {
      return { kind: 'path', from: 'root', steps: this.#startsStep() ? this.#steps() : [] };
    }
    if (this.#take('operator', '//')) return { kind: 'path', from: 'root', steps: [anyNode, ...this.#steps()] };
    if (!this.#startsPrimary()) return { kind: 'path', from: 'context', steps: this.#steps() };
    const base = this.#primary();
    const predicates = this.#predicates();
    const filtered: Expression = predicates.length === 0 ? base : { kind: 'filter', base, predicates };
    if (this.#take('operator', '/')) return { kind: 'path', from: filtered, steps: this.#steps() };
    if (this.#take('operator', '//')) return { kind: 'path', from: filtered, steps: [anyNode, ...this.#steps()] };
    return filtered;
  }

  #steps(): readonly PathStep[] {
    const steps = [this.#step()];
    for (;;) {
      if (this.#take('operator', '/')) steps.push(this.#step());
      else if (this.#take('operator', '//')) steps.push(anyNode, this.#step());
      else return steps;
    }
  }

  #step(): PathStep {
    if (this.#take('symbol', '.')) return { axis: 'self', test: { kind: 'node' }, predicates: [] };
    if (this.#take('symbol', '..')) return { axis: 'parent', test: { kind: 'node' }, predicates: [] };
    const axis = this.#axis();
    return { axis, test: this.#nodeTest(), predicates: this.#predicates() };
  }

  #axis(): Axis {
    if (this.#take('symbol', '@')) return 'attribute';
    const next = this.#tokens[this.#at + 1];
    if (this.#peek().kind !== 'name' || next?.kind !== 'symbol' || next.text !== '::') return 'child';
    const name = this.#peek().text;
    const axis = axes.find((one) => one === name);
    if (axis === undefined) this.#fail(`there is no axis "${name}"`);
    this.#at += 2;
    return axis;
  }

  #nodeTest(): NodeTest {
    const token = this.#peek();
    if (this.#take('symbol', '*')) return { kind: 'any-name' };
    if (token.kind !== 'name') return this.#fail(`a name or a node test was expected, not "${token.text}"`);
    this.#at++;
    if (nodeTypes.has(token.text) && this.#take('symbol', '(')) return this.#nodeType(token.text);
    const [first = '', second] = token.text.split(':');
    if (second === undefined) return { kind: 'name', prefix: '', local: first };
    return second === '*' ? { kind: 'any-in', prefix: first } : { kind: 'name', prefix: first, local: second };
  }

  #nodeType(name: string): NodeTest {
    const literal = this.#peek();
    const target = name === 'processing-instruction' && literal.kind === 'literal' ? literal.text : undefined;
    if (target !== undefined) this.#at++;
    this.#expect(')');
    switch (name) {
      case 'text':
        return { kind: 'text' };
      case 'comment':
        return { kind: 'comment' };
      case 'processing-instruction':
        return { kind: 'instruction', target };
      default:
        return { kind: 'node' };
    }
  }

  #predicates(): readonly Expression[] {
    const predicates: Expression[] = [];
    while (this.#take('symbol', '[')) {
      predicates.push(this.expression());
      this.#expect(']');
    }
    return predicates;
  }

  #startsStep(): boolean {
    const token = this.#peek();
    return token.kind === 'name' || (token.kind === 'symbol' && ['.', '..', '@', '*'].includes(token.text));
  }

  #startsPrimary(): boolean {
    const token = this.#peek();
    if (token.kind === 'number' || token.kind === 'literal') return true;
    if (token.kind === 'symbol') return token.text === '$' || token.text === '(';
    const next = this.#tokens[this.#at + 1];
    return token.kind === 'name' && next?.kind === 'symbol' && next.text === '(' && !nodeTypes.has(token.text);
  }

  #primary(): Expression {
    const token = this.#peek();
    this.#at++;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'literal':
        return { kind: 'text', value: token.text };
      case 'name':
        return this.#call(token.text);
      default:
        break;
    }
    if (token.text === '$') {
      const name = this.#peek();
      if (name.kind !== 'name') this.#fail('a name was expected after "$"');
      this.#at++;
      return { kind: 'variable', name: name.text };
    }
    const inner = this.expression();
    this.#expect(')');
    return inner;
  }

  #call(name: string): Expression {
    this.#expect('(');
    const given: Expression[] = [];
    if (this.#take('symbol', ')')) return { kind: 'call', name, arguments: given };
    do given.push(this.expression());
    while (this.#take('symbol', ','));
    this.#expect(')');
    return { kind: 'call', name, arguments: given };
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', offset: this.#text.length };
  }

  #is(kind: Token['kind'], text: string): boolean {
    const token = this.#peek();
    return token.kind === kind && token.text === text;
  }

  #take(kind: Token['kind'], text: string): boolean {
    if (!this.#is(kind, text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take('symbol', text)) this.#fail(`"${text}" was expected`);
  }

  #fail(why: string): never {
    throw new SyntaxError(`${why} at character ${this.#peek().offset + 1} of "${this.#text}"`);
  }
}
