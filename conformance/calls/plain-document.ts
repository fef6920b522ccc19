export type Json = { [name: string]: unknown };

/** Members whose own members are names of the author's, not words of OpenAPI. */
const nameMaps = new Set([
  'definitions',
  'headers',
  'parameters',
  'paths',
  'patternProperties',
  'properties',
  'responses',
  'securityDefinitions',
]);

/** Extensions that Prism reads. */
const known = new Set(['x-deprecated', 'x-examples', 'x-nullable']);

/**
 * A copy of a Swagger 2.0 document of which any reader of references can follow every one: without extensions, which are the author's own
 * affair, without what stands beside a `$ref`, which is to be ignored (JSON Reference §3), and with anything allowed where a reference
 * leads nowhere or out of the document. So nothing but the document is read, no file and no address.
 */
export function plainDocument(document: unknown): Json {
  const copy = plain(document, document, false);
  return isObject(copy) ? copy : {};
}

function plain(document: unknown, value: unknown, isNameMap: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(document, item, false));
  if (!isObject(value)) return value;
  const reference = value['$ref'];
  if (typeof reference === 'string') return resolve(document, reference) === undefined ? {} : { $ref: reference };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => isNameMap || !name.startsWith('x-') || known.has(name))
      .map(([name, member]) => [name, plain(document, member, !isNameMap && nameMaps.has(name))]),
  );
}

/** What a reference within a document leads to (RFC 6901), or undefined. */
export function resolve(document: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map((part) => decode(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((at, part) => (isContainer(at) && Object.hasOwn(at, part) ? at[part] : undefined), document);
}

export function isObject(value: unknown): value is Json {
  return isContainer(value) && !Array.isArray(value);
}

function isContainer(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
