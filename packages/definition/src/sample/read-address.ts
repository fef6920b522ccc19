import type { CapturedBase } from './captured-request.ts';
import { type FindValue, replaceVariables, variablesIn } from './variables.ts';

/** A parameter in a path: as `{name}`, `:name` or a variable, with the value that a variable has. */
export type PathPlace = { readonly name: string; readonly default?: string };

export type Address = {
  readonly base: CapturedBase;
  /** A template: `/loans/{id}`; empty when the address has no path of its own. */
  readonly path: string;
  readonly places: readonly PathPlace[];
  /** Decoded; variables stand as `{{name}}`. A name without a value has the value ''. */
  readonly query: readonly { readonly name: string; readonly value: string }[];
  /** Whether a user name stood before the host. */
  readonly hasUser: boolean;
};

export type AddressRules = {
  readonly find: FindValue;
  /** Of an address that states none. */
  readonly defaultScheme: 'http' | 'https';
  /** Whether a segment that begins with a colon is a parameter; absent: when it is a name. */
  readonly isPlace?: (segment: string) => boolean;
};

/**
 * Takes an address apart (RFC 3986 §3), with `{{variables}}` anywhere in it. Variables before the path take their values; those in the
 * path become parameters, unless their value is more than one segment. Undefined: no address of HTTP.
 */
export function readAddress(
  text: string,
  { find, defaultScheme, isPlace = isNamed }: AddressRules,
): Address | undefined {
  const { masked, unmask } = mask(text.trim());
  const [beforeFragment = ''] = masked.split('#', 1);
  const [beforeQuery = ''] = beforeFragment.split('?', 1);
  const { prefix, path } = splitPath(beforeQuery);
  const origin = readBase(replaceVariables(nameHoles(unmask(prefix)), find), defaultScheme);
  if (origin === undefined) return undefined;
  const { base, hasUser, pathOnly } = origin;
  // The value of a variable before the path may bring in variables of the path.
  const whole = mask(`${pathOnly}${unmask(path)}`);
  const read = readPath(removeDotSegments(whole.masked), whole.unmask, find, isPlace);
  const query = parseQuery(beforeFragment.slice(beforeQuery.length + 1), unmask);
  return { ...read, base, hasUser, query };
}

/** Parses `a=b&c=d` as forms and queries write it. */
export function parseQuery(text: string, unmask = (part: string): string => part): Address['query'] {
  return text.split('&').flatMap((pair) => {
    if (pair === '') return [];
    const [name = ''] = pair.split('=', 1);
    return [{ name: decode(unmask(name)), value: decode(unmask(pair.slice(name.length + 1))) }];
  });
}

/** Variables are hidden while a text is split, so that no separator is looked for in their names. */
function mask(text: string): { readonly masked: string; readonly unmask: (part: string) => string } {
  const hidden: string[] = [];
  const masked = text.replace(/[\uE000\uE001]/g, '').replace(/\{\{[^{}]{1,200}\}\}/g, (whole) => {
    hidden.push(whole);
    return `\uE000${hidden.length - 1}\uE001`;
  });
  return { masked, unmask: (part) => part.replace(/\uE000(\d+)\uE001/g, (_, index) => hidden[Number(index)] ?? '') };
}

/** Scheme and authority, and the rest. */
function splitPath(text: string): { readonly prefix: string; readonly path: string } {
  const scheme = /^(?:[A-Za-z][\w+.-]*|\uE000\d+\uE001):\/\/|^\/\//.exec(text)?.[0] ?? '';
  const end = text.indexOf('/', scheme.length);
  return end === -1 ? { prefix: text, path: '' } : { prefix: text.slice(0, end), path: text.slice(end) };
}

function readBase(
  written: string,
  defaultScheme: 'http' | 'https',
): { readonly base: CapturedBase; readonly hasUser: boolean; readonly pathOnly: string } | undefined {
  const text = written.replace(/^\{\{[^{}]*\}\}(?=:\/\/)/, 'https');
  const [stated = ''] = /^[A-Za-z][\w+.-]*(?=:\/\/)/.exec(text) ?? [];
  const rest = stated === '' ? text.replace(/^\/\//, '') : text.slice(stated.length + 3);
  // A variable's value may be an address with a path.
  const isPathOnly = stated === '' && /^\/(?!\/)/.test(text);
  const [authority = ''] = isPathOnly ? [''] : rest.split('/', 1);
  const user = /^.*@/s.exec(authority)?.[0] ?? '';
  const host = authority.slice(user.length);
  const basePath = rest.slice(authority.length).split(/[?#]/, 1)[0]?.replace(/\/+$/, '') ?? '';
  const variables = variablesIn(host);
  const hasUser = user !== '';
  const { fixed, open } = splitBasePath(basePath);
  if (variables.length > 0) {
    const shown = `${stated === '' ? '' : `${stated}://`}${host}${fixed}`;
    return { base: { kind: 'variable', text: shown, variables }, hasUser, pathOnly: open };
  }
  if (host === '') return stated === '' ? { base: { kind: 'none' }, hasUser, pathOnly: basePath } : undefined;
  const scheme = stated === '' ? defaultScheme : stated.toLowerCase();
  if ((scheme !== 'http' && scheme !== 'https') || !URL.canParse(`${scheme}://${host}`)) return undefined;
  const url = new URL(`${scheme}://${host}`);
  if (url.pathname !== '/' || !/^[\w.[\]:-]+$/.test(url.host)) return undefined;
  return {
    base: { kind: 'address', scheme, host: url.host, basePath: encodeLiteral(fixed) },
    hasUser,
    pathOnly: open,
  };
}

/** `{name}` and `<name>` before the path are what a reader of documentation fills in; a scheme without a value is https. */
function nameHoles(text: string): string {
  return text.replace(
    /(?<!\{)\{([\w .-]{1,100})\}(?!\})|<([\w .-]{1,100})>/g,
    (_, braced, angled) => `{{${braced ?? angled}}}`,
  );
}

/** What of a base path is fixed, and what begins with a segment that has a variable. */
function splitBasePath(basePath: string): { readonly fixed: string; readonly open: string } {
  const index = basePath.indexOf('{{');
  if (index === -1) return { fixed: basePath, open: '' };
  const start = basePath.lastIndexOf('/', index);
  return { fixed: basePath.slice(0, start), open: basePath.slice(start) };
}

function readPath(
  path: string,
  unmask: (part: string) => string,
  find: FindValue,
  isPlace: (segment: string) => boolean,
): { readonly path: string; readonly places: readonly PathPlace[] } {
  const places = new Map<string, PathPlace>();
  const place = (name: string, value?: string): string => {
    if (!places.has(name)) places.set(name, { name, ...(value !== undefined && { default: value }) });
    return `{${name}}`;
  };
  const segments = path.split('/').map((segment) => {
    const plain = unmask(segment);
    if (/^:./s.test(plain) && isPlace(plain)) return place(placeName(plain.slice(1)));
    return segment
      .split(/(\uE000\d+\uE001|\{[\w.$-]{1,200}\}|<[\w.-]{1,100}>)/)
      .map((part) => {
        if (/^[{<].*[}>]$/s.test(part)) return place(placeName(part.slice(1, -1)));
        if (!part.startsWith('\uE000')) return encodeLiteral(part);
        const written = unmask(part);
        const value = replaceVariables(written, find);
        const isResolved = value !== written && variablesIn(value).length === 0;
        if (isResolved && value.includes('/')) return encodeLiteral(value.replace(/^\/+|\/+$/g, ''));
        return place(placeName(written.slice(2, -2)), isResolved && value !== '' ? value : undefined);
      })
      .join('');
  });
  return { path: segments.join('/'), places: [...places.values()] };
}

function isNamed(segment: string): boolean {
  return /^:[A-Za-z_][\w.-]*$/.test(segment);
}

/** What a path template can hold between braces. */
function placeName(name: string): string {
  return (
    name
      .replace(/[{}?#/%\\]/g, '')
      .replace(/^\$/, '')
      .trim() || 'value'
  );
}

/** RFC 3986 §5.2.4, also of segments that are encoded. */
function removeDotSegments(path: string): string {
  if (!/%2e|\./i.test(path)) return path;
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const plain = segment.replace(/%2e/gi, '.');
    const isDot = plain === '.' || plain === '..';
    if (plain === '..' && kept.length > 1) kept.pop();
    if (!isDot) kept.push(segment);
    else if (index === segments.length - 1) kept.push('');
  }
  return kept.join('/');
}

/** Percent-encodes what may not stand in a path (RFC 3986 §3.3) and leaves what is encoded already. */
function encodeLiteral(text: string): string {
  return text
    .toWellFormed()
    .replace(/%(?![\da-f]{2})|[^\w\-.~!$&'()*+,;=:@%/]/giu, (character) => encodeURIComponent(character));
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
