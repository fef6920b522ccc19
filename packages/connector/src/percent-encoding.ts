/** Percent-encodes everything but the unreserved characters (RFC 3986 §2.3). */
export function encodeText(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Encodes for a query and leaves reserved characters and what is encoded already (RFC 6570 §3.2.3), but for those that would end the
 * value: `&` and `#`.
 */
export function encodeReservedInQuery(text: string): string {
  return encodeBut(text, /%[0-9a-f]{2}|%|[^%:/?[\]@!$'()*+,;=\w.~-]+/gi);
}

/** The same for a path, where `/` and `?` end the segment. */
export function encodeReservedInPath(text: string): string {
  return encodeBut(text, /%[0-9a-f]{2}|%|[^%:[\]@!$&'()*+,;=\w.~-]+/gi);
}

function encodeBut(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => (/^%[0-9a-f]{2}$/i.test(found) ? found : encodeText(found)));
}
