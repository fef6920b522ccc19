import type { JsonObject, JsonValue } from '../model.ts';
import { isObject, member } from '../source/reading.ts';
import type { PostmanUrl } from './postman-request.ts';
import { readFields, textOf } from './read-fields.ts';

/** Reads the address of a request: a text, or an object that has it in pieces, whole (`raw`), or both. */
export function readUrl(value: JsonValue | undefined, pointer: string): PostmanUrl {
  if (!isObject(value)) return { text: textOf(value), variables: [], pointer };
  const raw = textOf(member(value, 'raw'));
  const variables = readFields(member(value, 'variable'), `${pointer}/variable`);
  const query = member(value, 'query');
  const inPieces = assemble(value);
  const listed = Array.isArray(query) && query.length > 0;
  const text = inPieces ?? raw;
  const hasOwnQuery = listed || (inPieces !== undefined && !raw.includes('?'));
  const rawQuery = inPieces !== undefined && !listed && raw.includes('?') ? raw.slice(raw.indexOf('?')) : '';
  return {
    text: listed
      ? cutQuery(text)
      : `${cutQuery(text)}${inPieces === undefined ? text.slice(cutQuery(text).length) : rawQuery}`,
    ...(hasOwnQuery && { query: readFields(query, `${pointer}/query`) }),
    variables,
    pointer,
  };
}

/** The address made of its pieces; undefined when the host is not among them. */
function assemble(url: JsonObject): string | undefined {
  const host = join(member(url, 'host'), '.');
  if (host === '') return undefined;
  const protocol = textOf(member(url, 'protocol')).replace(/:(\/\/)?$/, '');
  const port = textOf(member(url, 'port'));
  const stated = member(url, 'path');
  const path = join(stated, '/').replaceAll('?', '%3F');
  // A path of one empty segment is the slash.
  const hasPath = Array.isArray(stated) ? stated.length > 0 : path !== '';
  const scheme = protocol === '' || host.includes('://') ? '' : `${protocol}://`;
  return `${scheme}${host}${port === '' ? '' : `:${port}`}${hasPath ? `/${path.replace(/^\//, '')}` : ''}`;
}

function join(value: JsonValue | undefined, separator: string): string {
  if (!Array.isArray(value)) return textOf(value);
  return value.map((part: JsonValue) => textOf(isObject(part) ? member(part, 'value') : part)).join(separator);
}

/** Up to the first `?` that is not in a variable. */
function cutQuery(text: string): string {
  return /^(?:\{\{[^{}]*\}\}|[^?])*/.exec(text)?.[0] ?? '';
}
