import { ConnectorError } from '../errors.ts';

/** What XML 1.0 has no way to write (§2.2): control characters, lone surrogates and two that are no characters. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Text as element content. Throws `parameter-invalid` for a character that XML cannot carry. */
export function escapeText(text: string, path: string): string {
  return checked(text, path).replace(/[&<>\r]/g, (character) => references[character] ?? character);
}

/** Text as an attribute's value between double quotes. */
export function escapeAttribute(text: string, path: string): string {
  return checked(text, path).replace(/[&<>"\r\n\t]/g, (character) => references[character] ?? character);
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function checked(text: string, path: string): string {
  const found = unwritable.exec(text)?.[0];
  if (found === undefined) return text;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new ConnectorError('parameter-invalid', `${path} holds the character U+${code}, which XML cannot carry.`);
}
