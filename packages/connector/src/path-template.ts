import { ConnectorError } from './errors.ts';

/** A path template in pieces: literal texts and the names between them. */
export type PathTemplate = {
  readonly literals: readonly string[];
  readonly names: readonly string[];
  readonly query: string;
};

export function parsePathTemplate(template: string): PathTemplate {
  const [path = '', query = ''] = template.split('?', 2);
  const parts = path.split(/\{([^{}]*)\}/);
  return {
    literals: parts.filter((_, index) => index % 2 === 0),
    names: parts.filter((_, index) => index % 2 === 1),
    query: query.replace(/\{[^{}]*\}/g, ''),
  };
}

/** Makes sure that a path parameter's value, as it would stand in the path unencoded, stays where the template puts it. */
export function checkPathValue(name: string, text: string): void {
  if (text === '') {
    throw new ConnectorError('parameter-invalid', `The parameter ${name} stands in the path and must not be empty.`);
  }
  if (escapesPath(text)) {
    throw new ConnectorError(
      'path-escapes',
      `The parameter ${name} must not hold "." or ".." as a path segment, in any encoding: it would leave the operation's path.`,
    );
  }
}

const maxDecodings = 8;

/**
 * Whether a text has a dot segment, however often a server decodes it. More layers of encoding than anyone means are taken for an
 * attempt.
 */
export function escapesPath(text: string): boolean {
  if (!/[.%\0]/.test(text)) return false;
  let current = text;
  for (let round = 0; round < maxDecodings; round += 1) {
    if (hasDotSegment(current) || current.includes('\0')) return true;
    const decoded = decodeLeniently(current);
    if (decoded === current) return false;
    current = decoded;
  }
  return true;
}

function hasDotSegment(text: string): boolean {
  if (!text.includes('.')) return false;
  return text.split(/[/\\]/).some((segment) => {
    // A segment's parameters (";…") do not hide it from servers that strip them; nor do the blanks that parsers drop.
    const bare = (segment.split(';', 1)[0] ?? '').replace(/[\t\n\r]/g, '').trim();
    return bare === '.' || bare === '..';
  });
}

/** Decodes what is validly encoded and leaves the rest, as lenient servers do. */
function decodeLeniently(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded.replace(/%[0-7][0-9a-f]/gi, (one) => String.fromCharCode(Number.parseInt(one.slice(1), 16)));
    }
  });
}
