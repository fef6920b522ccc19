export type Token = {
  readonly kind: 'number' | 'literal' | 'name' | 'operator' | 'symbol' | 'end';
  readonly text: string;
  readonly offset: number;
};

const name = /[\p{L}_][\p{L}\p{N}\p{M}._\-\u00B7]*/u.source;
const pattern = new RegExp(
  `\\s+|(?<number>\\d+(?:\\.\\d*)?|\\.\\d+)|(?<literal>"[^"]*"|'[^']*')|(?<symbol>\\.\\.|::|//|!=|<=|>=|[()\\[\\].@,/|+\\-=<>*$])|(?<name>${name}(?::(?:${name}|\\*))?)`,
  'uy',
);

/** Words and `*` are operators after what can end an operand (XPath 1.0 §3.7). */
const wordOperators = new Set(['and', 'or', 'mod', 'div']);
const opening = new Set(['@', '::', '(', '[', ',']);
const symbolOperators = new Set(['/', '//', '|', '+', '-', '=', '!=', '<', '<=', '>', '>=']);

/** The tokens of an expression, the last of kind `end`. Throws `SyntaxError`. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    pattern.lastIndex = offset;
    const match = pattern.exec(text);
    if (match === null)
      throw new SyntaxError(`unexpected "${text[offset] ?? ''}" at character ${offset + 1} of "${text}"`);
    const [whole] = match;
    const token = classify(match, tokens.at(-1), offset, text);
    if (token !== undefined) tokens.push(token);
    offset += token === undefined ? whole.length : token.kind === 'literal' ? whole.length : token.text.length;
  }
  return [...tokens, { kind: 'end', text: '', offset }];
}

function classify(match: RegExpExecArray, before: Token | undefined, offset: number, text: string): Token | undefined {
  const { number, literal, symbol, name: word } = match.groups ?? {};
  if (number !== undefined) return { kind: 'number', text: number, offset };
  if (literal !== undefined) return { kind: 'literal', text: literal.slice(1, -1), offset };
  const followsOperand =
    before !== undefined && before.kind !== 'operator' && !(before.kind === 'symbol' && opening.has(before.text));
  if (symbol !== undefined) {
    const isOperator = symbol === '*' ? followsOperand : symbolOperators.has(symbol);
    return { kind: isOperator ? 'operator' : 'symbol', text: symbol, offset };
  }
  if (word === undefined) return undefined;
  if (followsOperand && before.text !== '$') {
    const operator = /^(?:and|or|mod|div)/.exec(word)?.[0];
    if (operator !== undefined && wordOperators.has(word)) return { kind: 'operator', text: word, offset };
  }
  // `child::a` was read as a name with a prefix when no blank stands between: the axis ends before the colons.
  const axisEnd = text.startsWith('::', offset + (word.split(':')[0] ?? '').length) ? word.split(':')[0] : undefined;
  return { kind: 'name', text: axisEnd ?? word, offset };
}
