import { XpathError } from './syntax.ts';

export type XpathToken = {
  readonly kind: 'name' | 'number' | 'literal' | 'operator' | 'punctuation' | 'axis' | 'function' | 'node-type' | 'end';
  readonly text: string;
};

const space = /[ \t\r\n]*/y;
const number = /\d+(?:\.\d*)?|\.\d+/y;
const name = /[\p{L}_][\p{L}\p{N}\p{M}_.\-\u00b7]*/uy;
const symbols = [
  '::',
  '//',
  '..',
  '!=',
  '<=',
  '>=',
  '(',
  ')',
  '[',
  ']',
  '.',
  '@',
  ',',
  '/',
  '|',
  '+',
  '-',
  '=',
  '<',
  '>',
  '*',
  '$',
  ':',
];
const operatorNames = new Set(['and', 'or', 'mod', 'div']);
const operatorSymbols = new Set(['/', '//', '|', '+', '-', '=', '!=', '<', '<=', '>', '>=']);
const nodeTypes = new Set(['node', 'text', 'comment', 'processing-instruction']);

/** Splits an expression into tokens; what a name or `*` is depends on what stands around it (XPath 1.0 §3.7). */
export function tokenize(text: string): readonly XpathToken[] {
  const tokens: XpathToken[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    const [token, end] = read(text, at, tokens.at(-1));
    tokens.push(token);
    at = skip(text, end);
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function skip(text: string, at: number): number {
  return at + match(space, text, at).length;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function read(text: string, at: number, previous: XpathToken | undefined): readonly [XpathToken, number] {
  const character = text[at] ?? '';
  if (character === '"' || character === "'") {
    const end = text.indexOf(character, at + 1);
    if (end === -1) throw new XpathError(`a literal is not closed by ${character}`);
    return [{ kind: 'literal', text: text.slice(at + 1, end) }, end + 1];
  }
  const digits = match(number, text, at);
  if (digits !== '') return [{ kind: 'number', text: digits }, at + digits.length];
  const word = match(name, text, at);
  if (word !== '') return [nameToken(text, word, at + word.length, previous), at + word.length];
  const symbol = symbols.find((one) => text.startsWith(one, at));
  if (symbol === undefined) throw new XpathError(`'${character}' has an invalid token`);
  const isOperator = operatorSymbols.has(symbol) || (symbol === '*' && followsOperand(previous));
  return [{ kind: isOperator ? 'operator' : 'punctuation', text: symbol }, at + symbol.length];
}

/** Whether an operator may come: after anything but an operator and what opens. */
function followsOperand(previous: XpathToken | undefined): boolean {
  if (previous === undefined || previous.kind === 'operator') return false;
  return !(previous.kind === 'punctuation' && ['@', '::', '(', '[', ',', ':', '$'].includes(previous.text));
}

function nameToken(text: string, word: string, end: number, previous: XpathToken | undefined): XpathToken {
  if (followsOperand(previous) && operatorNames.has(word)) return { kind: 'operator', text: word };
  const next = skip(text, end);
  if (text.startsWith('::', next)) return { kind: 'axis', text: word };
  if (text[next] === '(') return { kind: nodeTypes.has(word) ? 'node-type' : 'function', text: word };
  return { kind: 'name', text: word };
}
