import type { JsonValue } from '../model.ts';

/** What a policy's text can refer to. */
export type PolicyRoot =
  | 'headers'
  | 'queryParameters'
  | 'connectionParameters'
  | 'body'
  | 'item'
  | 'triggerBody'
  | 'environmentVariables'
  | 'originalMethod';

/** A step of a path into a JSON value. */
export type PathStep = string | number;

export type PolicyReference = {
  readonly kind: 'reference';
  readonly root: PolicyRoot;
  /** The name in `@headers('name')`. */
  readonly name?: string;
  /** What stands in when there is nothing: `@headers('name', 'default')`. */
  readonly fallback?: string;
  readonly path: readonly PathStep[];
};

export type PolicyPart = { readonly kind: 'text'; readonly text: string } | PolicyReference;

/** A policy's text in pieces: literal texts and references between them. */
export type PolicyText = {
  readonly parts: readonly PolicyPart[];
  /** What looks like a reference and is none, as written; it stands as text. */
  readonly unknown: readonly string[];
};

/** Spellings found in published policies; compared without regard to case. */
const roots: Readonly<Record<string, { readonly root: PolicyRoot; readonly takesName: boolean }>> = {
  header: { root: 'headers', takesName: true },
  headers: { root: 'headers', takesName: true },
  queryparameter: { root: 'queryParameters', takesName: true },
  queryparameters: { root: 'queryParameters', takesName: true },
  connectionparameter: { root: 'connectionParameters', takesName: true },
  connectionparameters: { root: 'connectionParameters', takesName: true },
  environmentvariables: { root: 'environmentVariables', takesName: true },
  body: { root: 'body', takesName: false },
  item: { root: 'item', takesName: false },
  triggerbody: { root: 'triggerBody', takesName: false },
};

const originalMethod = /^@?Request\.OriginalHTTPMethod\b/i;
const call = /^@?([A-Za-z]+)\(/;

/**
 * Parses the text of a policy's parameter: `@headers('n')`, `@body().a[0]['b']`, also within `{…}` or `@{…}`, between literal text.
 * This is the vocabulary of policies, which has no functions and no operators.
 */
export function parsePolicyText(text: string): PolicyText {
  const parts: PolicyPart[] = [];
  const unknown: string[] = [];
  let literal = '';
  let position = 0;
  const addLiteral = (more: string): void => {
    literal += more;
  };
  while (position < text.length) {
    const found = referenceAt(text, position);
    if (found === undefined) {
      const looksLike = /^@\{?[A-Za-z.]+\(/.exec(text.slice(position));
      if (looksLike !== null) unknown.push(looksLike[0]);
      addLiteral(text[position] ?? '');
      position += 1;
      continue;
    }
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
    parts.push(found.reference);
    position = found.end;
  }
  if (literal !== '' || parts.length === 0) parts.push({ kind: 'text', text: literal });
  return { parts, unknown };
}

/** A path such as `@body().a`, or with its `@` forgotten; `null`, the word, is how the ecosystem writes none. */
export function parsePolicyPath(value: JsonValue | undefined): PolicyReference | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const found = referenceAt(text.startsWith('@') || text.startsWith('{') ? text : `@${text}`, 0);
  return found !== undefined && found.end >= text.length ? found.reference : undefined;
}

/** The steps of a path below a parent, e.g. `a.b` or `['@odata.id']`; empty for nothing and for the word `null`. */
export function parseSubPath(value: JsonValue | undefined): readonly PathStep[] | undefined {
  if (value === undefined || value === null || value === '' || value === 'null') return [];
  if (typeof value !== 'string') return undefined;
  const text = value.startsWith('[') || value.startsWith('.') ? value : `.${value}`;
  const { path, end } = readPath(text, 0);
  return end === text.length ? path : undefined;
}

type Found = { readonly reference: PolicyReference; readonly end: number };

/** A reference that begins at a position: bare with its `@`, or in braces, where the `@` may be left out. */
function referenceAt(text: string, position: number): Found | undefined {
  const character = text[position];
  if (character === '@') {
    if (text[position + 1] === '{') return bracedAt(text, position + 2);
    return bareAt(text, position);
  }
  return character === '{' && text[position + 1] === '@' ? bracedAt(text, position + 1) : undefined;
}

function bracedAt(text: string, position: number): Found | undefined {
  const found = bareAt(text, position);
  return found !== undefined && text[found.end] === '}' ? { ...found, end: found.end + 1 } : undefined;
}

function bareAt(text: string, position: number): Found | undefined {
  const rest = text.slice(position);
  const method = originalMethod.exec(rest);
  if (method !== null) {
    return { reference: { kind: 'reference', root: 'originalMethod', path: [] }, end: position + method[0].length };
  }
  const opened = call.exec(rest);
  const known = opened === null ? undefined : roots[(opened[1] ?? '').toLowerCase()];
  if (opened === null || known === undefined) return undefined;
  const start = position + opened[0].length;
  const given = readArguments(text, start);
  if (given === undefined || given.values.length > (known.takesName ? 2 : 0)) return undefined;
  const [name, fallback] = given.values;
  if (known.takesName && name === undefined) return undefined;
  const { path, end } = known.takesName ? { path: [], end: given.end } : readPath(text, given.end);
  return {
    reference: {
      kind: 'reference',
      root: known.root,
      ...(name !== undefined && { name }),
      ...(fallback !== undefined && { fallback }),
      path,
    },
    end,
  };
}

/** Texts in single or double quotes, apart by commas, up to the closing parenthesis; a doubled quote stands for one. */
function readArguments(
  text: string,
  start: number,
): { readonly values: readonly string[]; readonly end: number } | undefined {
  const argument = /\s*(?:'((?:[^']|'')*)'|"([^"]*)")\s*([,)])/y;
  argument.lastIndex = start;
  if (/^\s*\)/.test(text.slice(start))) return { values: [], end: text.indexOf(')', start) + 1 };
  const values: string[] = [];
  for (;;) {
    const match = argument.exec(text);
    if (match === null) return undefined;
    values.push((match[1] ?? match[2] ?? '').replaceAll("''", "'"));
    if (match[3] === ')') return { values, end: argument.lastIndex };
  }
}

/** Steps `.name`, `?.name`, `[0]` and `['name']`, as far as they go. */
function readPath(text: string, start: number): { readonly path: readonly PathStep[]; readonly end: number } {
  const step = /\??(?:\.([\w@$-]+(?:\.(?=@)[\w@$.-]+)?)|\[\s*(\d+)\s*\]|\[\s*'((?:[^']|'')*)'\s*\])/y;
  step.lastIndex = start;
  const path: PathStep[] = [];
  let end = start;
  for (let match = step.exec(text); match !== null; match = step.exec(text)) {
    end = step.lastIndex;
    if (match[2] !== undefined) path.push(Number(match[2]));
    else path.push((match[1] ?? match[3] ?? '').replaceAll("''", "'"));
  }
  return { path, end };
}
