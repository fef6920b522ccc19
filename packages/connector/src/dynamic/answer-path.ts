import type { JsonValue } from '@patchbay/definition';
import { isObject } from '../policies/property-path.ts';

/** What stands at a path such as `result/items` in an answer; a member whose own name holds the slash comes first. */
export function atPath(value: JsonValue | undefined, path: string | undefined): JsonValue | undefined {
  if (path === undefined || path === '') return value;
  if (isObject(value) && Object.hasOwn(value, path)) return value[path];
  let current = value;
  for (const name of path.split(/[/.]/).filter((part) => part !== '')) {
    if (Array.isArray(current)) current = current[Number(name)];
    else if (isObject(current) && Object.hasOwn(current, name)) current = current[name];
    else return undefined;
  }
  return current;
}

/** The items that a path means: where it leads to no array, the first array that the answer holds (as the ecosystem's designer does). */
export function itemsAt(body: JsonValue, path: string | undefined): readonly JsonValue[] {
  const located = atPath(body, path);
  if (Array.isArray(located)) return located;
  const holder = isObject(located) ? located : body;
  const first = isObject(holder) ? Object.values(holder).find((member) => Array.isArray(member)) : undefined;
  return Array.isArray(first) ? first : [];
}
