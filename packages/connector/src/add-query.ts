import { toText, type Value } from '@patchbay/expression';
import { encodeText } from './percent-encoding.ts';

/** A query, without its question mark, with further values of a flow: what is there stays as it was written, null is left out. */
export function addQuery(query: string, values: { readonly [name: string]: Value }): string {
  const more = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [`${encodeText(name)}=${encodeText(toText(value))}`],
  );
  return [query, ...more].filter((part) => part !== '').join('&');
}
