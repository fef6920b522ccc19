import { XpathError } from './syntax.ts';

export type XpathToken = {
  /** A name may have a prefix, `p:name` or `p:*`. */
  readonly kind: 'name' | 'number' | 'literal' | 'operator' | 'punctuation' | 'axis' | 'function' | 'node-type' | 'end';
  readonly text: string;
  readonly offset: number;
};

const ncName = /[\p{L}_][\p{L}\p{N}\p{M}_.\-\u00b7]*/u.source;
const space = /[ \t\r\n]*/y;
const number = /\d+(?:\.\d*)?|\.\d+/y;
/** The colons of an axis are not those of a prefix. */
const name = new RegExp(`${ncName}(?::(?!:)(?:${ncName}|\\*))?`, 'uy');
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
  return [...tokens, { kind: 'end', text: '', offset: text.length }];
}

function skip(text: string, at: number): number {
  return at + match(space, text, at).length;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function read(text: string, offset: number, previous: XpathToken | undefined): readonly [XpathToken, number] {
  const character = text[offset] ?? '';
  if (character === '"' || character === "'") {
    const end = text.indexOf(character, offset + 1);
    if (end === -1) throw new XpathError(`the literal that begins at character ${offset + 1} is not closed`);
    return [{ kind: 'literal', text: text.slice(offset + 1, end), offset }, end + 1];
  }
  const digits = match(number, text, offset);
  if (digits !== '') return [{ kind: 'number', text: digits, offset }, offset + digits.length];
  const word = match(name, text, offset);
  if (word !== '') return [nameToken(text, word, offset, previous), offset + word.length];
  const symbol = symbols.find((one) => text.startsWith(one, offset));
  if (symbol === undefined) throw new XpathError(`'${character}' is not expected at character ${offset + 1}`);
  const isOperator = operatorSymbols.has(symbol) || (symbol === '*' && followsOperand(previous));
  return [{ kind: isOperator ? 'operator' : 'punctuation', text: symbol, offset }, offset + symbol.length];
}

/** Whether an operator may come: after anything but an operator and what opens. */
function followsOperand(previous: XpathToken | undefined): boolean {
  if (previous === undefined || previous.kind === 'operator') return false;
  return !(previous.kind === 'punctuation' && ['@', '::', '(', '[', ',', '$'].includes(previous.text));
}

function nameToken(text: string, word: string, offset: number, previous: XpathToken | undefined): XpathToken {
  if (followsOperand(previous) && operatorNames.has(word)) return { kind: 'operator', text: word, offset };
  const next = skip(text, offset + word.length);
  if (text.startsWith('::', next)) return { kind: 'axis', text: word, offset };
  if (text[next] === '(') return { kind: nodeTypes.has(word) ? 'node-type' : 'function', text: word, offset };
  return { kind: 'name', text: word, offset };
}
