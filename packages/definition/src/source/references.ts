import type { JsonObject } from '../model.ts';
import { decodeFragment, resolvePointer } from './pointer.ts';
import { isObject, member, type Reading } from './reading.ts';

/** What a `$ref` leads to: the value with the pointer where it stands. */
export type Target = { readonly value: JsonObject; readonly pointer: string };

/** Follows an object's `$ref`s to the object meant. Loops, other files and dead ends are reported and lead nowhere. */
export function follow(reading: Reading, start: JsonObject, startPointer: string): Target | undefined {
  let value = start;
  let pointer = startPointer;
  const visited = new Set<string>();
  for (;;) {
    const reference = member(value, '$ref');
    if (typeof reference !== 'string') return { value, pointer };
    if (visited.has(reference)) {
      reading.report('reference-loop', startPointer, { found: reference });
      return undefined;
    }
    visited.add(reference);
    if (!reference.startsWith('#')) {
      reading.report('reference-external', pointer, { found: reference });
      return undefined;
    }
    const next = decodeFragment(reference.slice(1));
    const target = resolvePointer(reading.document.root, next);
    if (!isObject(target)) {
      reading.report('reference-not-found', pointer, { found: reference });
      return undefined;
    }
    value = target;
    pointer = next;
  }
}
