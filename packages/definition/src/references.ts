import type { JsonObject, JsonValue } from './model.ts';
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
    const target = resolvePointer(reading.document.root, reference.slice(1));
    if (!isObject(target)) {
      reading.report('reference-not-found', pointer, { found: reference });
      return undefined;
    }
    value = target;
    pointer = normalizePointer(reference.slice(1));
  }
}

/** The value that a JSON pointer in a URI fragment names (RFC 6901 §6). */
export function resolvePointer(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const name of pointerNames(pointer)) {
    if (Array.isArray(value)) value = value[Number(name)];
    else if (isObject(value)) value = member(value, name);
    else return undefined;
  }
  return value;
}

/** Decoded names of a fragment pointer. */
export function pointerNames(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => decodePart(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function normalizePointer(pointer: string): string {
  return pointer.split('/').map(decodePart).join('/');
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
