import type { JsonObject } from '../model.ts';
import type { Reading } from '../source/reading.ts';

/** The operation ids of a description that are taken. */
export type Identifiers = { readonly used: Set<string> };

/** An operation's id: the stated one, or one made of its method and path. */
export function readIdentifier(
  reading: Reading,
  operation: { readonly value: JsonObject; readonly pointer: string; readonly method: string; readonly path: string },
  { used }: Identifiers,
): string {
  const { value, pointer, method, path } = operation;
  const stated = reading.string(value, 'operationId', pointer);
  if (stated !== undefined && stated !== '') {
    if (used.has(stated)) reading.report('operation-id-not-unique', `${pointer}/operationId`, { id: stated });
    used.add(stated);
    return stated;
  }
  const words = `${method} ${path}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const base = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  let read = base;
  for (let number = 2; used.has(read); number += 1) read = `${base}${number}`;
  used.add(read);
  reading.report('operation-id-missing', pointer, { operation: `${method.toUpperCase()} ${path}`, read });
  return read;
}
