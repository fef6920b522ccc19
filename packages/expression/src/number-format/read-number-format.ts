/** A part of a section of a custom format. */
export type NumberToken =
  | { readonly kind: 'zero' | 'digit' | 'point' | 'comma' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'percent'; readonly text: string; readonly places: 2 | 3 }
  | { readonly kind: 'exponent'; readonly symbol: string; readonly hasPlus: boolean; readonly zeros: number };

export type NumberSection = {
  readonly tokens: readonly NumberToken[];
  /** Places for digits, and how many of them stand before the point. */
  readonly places: number;
  readonly wholePlaces: number;
  /** The first and one past the last place that is written in any case, counted from the left; equal when there are none. */
  readonly firstZero: number;
  readonly endOfZeros: number;
  readonly isGrouped: boolean;
  /** The power of ten that percent signs and trailing commas make. */
  readonly scale: number;
  readonly isScientific: boolean;
};

const tokenPattern = /\\[\s\S]?|'[^']*'?|"[^"]*"?|[eE][+-]?0+|[\s\S]/g;

/** Sections of a custom format, between semicolons that are not quoted. */
export function splitSections(format: string): readonly string[] {
  const sections = [''];
  for (const [token] of format.matchAll(tokenPattern)) {
    if (token === ';') sections.push('');
    else sections[sections.length - 1] += token;
  }
  return sections;
}

export function readSection(format: string): NumberSection {
  const tokens = [...format.matchAll(tokenPattern)].map(([token]) => readToken(token));
  let [places, wholePlaces, firstZero, endOfZeros] = [0, -1, -1, 0];
  // Commas stand for groups between digits, and for thousands where they end at the point.
  let [commasAt, commas, isGrouped, scale] = [-1, 0, false, 0];
  for (const token of tokens) {
    if (token.kind === 'zero' || token.kind === 'digit') {
      if (token.kind === 'zero') {
        if (firstZero === -1) firstZero = places;
        endOfZeros = places + 1;
      }
      places += 1;
    } else if (token.kind === 'point') {
      if (wholePlaces === -1) wholePlaces = places;
    } else if (token.kind === 'percent') scale += token.places;
    else if (token.kind === 'comma' && places > 0 && wholePlaces === -1) {
      if (commasAt === places) commas += 1;
      else {
        isGrouped ||= commasAt !== -1;
        [commasAt, commas] = [places, 1];
      }
    }
  }
  if (wholePlaces === -1) wholePlaces = places;
  if (commasAt === wholePlaces) scale -= 3 * commas;
  else isGrouped ||= commasAt !== -1;
  const isScientific = tokens.some(({ kind }) => kind === 'exponent');
  return { tokens, places, wholePlaces, firstZero, endOfZeros, isGrouped, scale, isScientific };
}

function readToken(token: string): NumberToken {
  switch (token[0]) {
    case '0':
      return { kind: 'zero' };
    case '#':
      return { kind: 'digit' };
    case '.':
      return { kind: 'point' };
    case ',':
      return { kind: 'comma' };
    case '%':
      return { kind: 'percent', text: token, places: 2 };
    case '‰':
      return { kind: 'percent', text: token, places: 3 };
    case '\\':
      return { kind: 'text', text: token.slice(1) };
    case "'":
    case '"':
      return { kind: 'text', text: token.slice(1, token.length > 1 && token.endsWith(token[0]) ? -1 : undefined) };
    default: {
      if (!/^[eE].*0$/.test(token)) return { kind: 'text', text: token };
      const zeros = token.replace(/[^0]/g, '').length;
      return { kind: 'exponent', symbol: token[0] ?? 'E', hasPlus: token[1] === '+', zeros: Math.min(zeros, 10) };
    }
  }
}
