import type { Value } from '../../contract.ts';
import { isArray, isObject, memberInAnyCase, memberOf } from '../../values.ts';

/** Values of one key of a form, in order: of one that is encoded as a URL, or of one in parts (RFC 7578). */
export function formValues(body: Value, key: Value | undefined): readonly Value[] {
  if (!isObject(body)) return [];
  const pairs = memberOf(body, '$formdata');
  if (pairs !== undefined && isArray(pairs)) {
    return pairs.flatMap((pair) =>
      isObject(pair) && memberOf(pair, 'key') === key ? [memberOf(pair, 'value') ?? null] : [],
    );
  }
  const parts = memberOf(body, '$multipart');
  if (parts === undefined || !isArray(parts)) return [];
  return parts.flatMap((part) => (isObject(part) && nameOfPart(part) === key ? [memberOf(part, 'body') ?? null] : []));
}

function nameOfPart(part: { readonly [name: string]: Value }): string | undefined {
  const headers = memberOf(part, 'headers') ?? null;
  const disposition = isObject(headers) ? memberInAnyCase(headers, 'Content-Disposition') : undefined;
  if (typeof disposition !== 'string' || disposition.length > maximumDisposition) return undefined;
  for (const [, name = '', quoted, bare = ''] of disposition.matchAll(parameter)) {
    if (name.toLowerCase() === 'name') return quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
  }
  return undefined;
}

const maximumDisposition = 4096;
const parameter = /;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;
