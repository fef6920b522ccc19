/** What a text is when it is clearly no JSON: words for a person, `''` for nothing at all, undefined when it may be JSON. */
export function recogniseFormat(text: string): string | undefined {
  const start = text.slice(0, 4096).trimStart();
  if (start === '' && text.trim() === '') return '';
  if (/^<(!doctype html|html)/i.test(start)) return 'a web page, perhaps of a sign-in';
  if (start.startsWith('<')) return /wsdl/i.test(start) ? 'a WSDL document' : 'an XML document';
  if (/^(curl|http)\s/i.test(start)) return 'a command';
  if (/^(#.*\n\s*)*(---\s*\n\s*)?(swagger|openapi|info)\s*:/.test(start)) return 'a YAML document';
  if (start.startsWith('PK\u0003\u0004')) return 'a zip archive';
  // Neither control characters nor replacement characters begin a text.
  if (/^[^\s{["\w/-]/.test(start) && [...start.slice(0, 64)].some((character) => character < '\t'))
    return 'a binary file';
  return undefined;
}
