import type { JsonObject, JsonValue } from '../../model.ts';
import { decodeFragment, resolvePointer } from '../../source/pointer.ts';
import { isObject, member } from '../../source/reading.ts';

/** An object of a description and where it stands. */
export type Place = { readonly value: JsonObject; readonly pointer: string };

/** Follows `$ref`s to the object meant; undefined when they lead nowhere or in a circle, which reading reports. */
export function resolvePlace(root: JsonObject, start: Place): Place | undefined {
  let place = start;
  const visited = new Set<string>();
  for (;;) {
    const reference = member(place.value, '$ref');
    if (typeof reference !== 'string') return place;
    if (!reference.startsWith('#') || visited.has(reference)) return undefined;
    visited.add(reference);
    const pointer = decodeFragment(reference.slice(1));
    const value = resolvePointer(root, pointer);
    if (!isObject(value)) return undefined;
    place = { value, pointer };
  }
}

/** A member of a place that is an object. */
export function memberPlace({ value, pointer }: Place, name: string, escaped = name): Place | undefined {
  const found = member(value, name);
  return isObject(found) ? { value: found, pointer: `${pointer}/${escaped}` } : undefined;
}

/** A member as text, else empty. */
export function textOf(value: JsonObject, name: string): string {
  const found = member(value, name);
  return typeof found === 'string' ? found : '';
}

/** A member as a list, else empty. */
export function listOf(value: JsonObject, name: string): readonly JsonValue[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}
