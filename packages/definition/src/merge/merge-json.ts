import type { JsonObject, JsonValue } from '../model.ts';
import { escapePointer } from '../source/pointer.ts';
import { isObject, member } from '../source/reading.ts';

/** Where the maker's edit and the new description both changed something, or one changed what the other removed. */
export type Conflict = {
  readonly kind: 'both-changed' | 'removed-but-edited' | 'edited-but-removed';
  /** JSON pointer into the merged document. */
  readonly pointer: string;
  /** What the edit began from; absent when there was nothing. */
  readonly base?: JsonValue;
  /** The maker's; absent when they removed it. */
  readonly mine?: JsonValue;
  /** The new description's; absent when it is gone there. */
  readonly theirs?: JsonValue;
  /** Which of the two stands in the merged document. */
  readonly kept: 'mine' | 'theirs';
};

export type Merged = { readonly value: JsonValue | undefined; readonly conflicts: readonly Conflict[] };

type Three = {
  readonly base: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
};

/** How the items of an array are told apart, or undefined where an array is one value. */
export type KeyOf = (item: JsonValue) => string | undefined;

/**
 * Merges two versions of a JSON value that come from one. Objects are merged by member, arrays whose items all have keys by item;
 * everything else is one value. Where both changed it, the maker's stays and the conflict is told.
 */
export function mergeJson(three: Three, keyOf: KeyOf, pointer = ''): Merged {
  const { base, mine, theirs } = three;
  if (isSame(mine, theirs)) return { value: mine, conflicts: [] };
  if (isSame(mine, base)) return { value: theirs, conflicts: [] };
  if (isSame(theirs, base)) return { value: mine, conflicts: [] };
  if (isObject(mine) && isObject(theirs)) {
    return mergeObjects({ base: isObject(base) ? base : {}, mine, theirs }, keyOf, pointer);
  }
  const keyed = keyedArrays(three, keyOf);
  if (keyed !== undefined) return mergeArrays(keyed, keyOf, pointer);
  return { value: mine ?? theirs, conflicts: [conflictOf(three, pointer)] };
}

/** An edit is never dropped: what the new description removed stays when the maker edited it, and the other way round. */
function conflictOf({ base, mine, theirs }: Three, pointer: string): Conflict {
  const kind = mine === undefined ? 'removed-but-edited' : theirs === undefined ? 'edited-but-removed' : 'both-changed';
  return {
    kind,
    pointer,
    ...(base !== undefined && { base }),
    ...(mine !== undefined && { mine }),
    ...(theirs !== undefined && { theirs }),
    kept: mine === undefined ? 'theirs' : 'mine',
  };
}

function mergeObjects(
  three: { readonly base: JsonObject; readonly mine: JsonObject; readonly theirs: JsonObject },
  keyOf: KeyOf,
  pointer: string,
): Merged {
  const members: [string, JsonValue][] = [];
  const conflicts: Conflict[] = [];
  for (const name of mergeOrder(Object.keys(three.mine), Object.keys(three.theirs))) {
    const part = { base: member(three.base, name), mine: member(three.mine, name), theirs: member(three.theirs, name) };
    const merged = mergeJson(part, keyOf, `${pointer}/${escapePointer(name)}`);
    if (merged.value !== undefined) members.push([name, merged.value]);
    conflicts.push(...merged.conflicts);
  }
  return { value: Object.fromEntries(members), conflicts };
}

type Keyed = { readonly base: Items; readonly mine: Items; readonly theirs: Items };
type Items = ReadonlyMap<string, JsonValue>;

function keyedArrays({ base, mine, theirs }: Three, keyOf: KeyOf): Keyed | undefined {
  const keyed = [base ?? [], mine, theirs].map((value) => itemsByKey(value, keyOf));
  const [first, second, third] = keyed;
  if (first === undefined || second === undefined || third === undefined) return undefined;
  return { base: first, mine: second, theirs: third };
}

function itemsByKey(value: JsonValue | undefined, keyOf: KeyOf): Items | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = new Map<string, JsonValue>();
  for (const item of value as readonly JsonValue[]) {
    const key = keyOf(item);
    if (key === undefined || items.has(key)) return undefined;
    items.set(key, item);
  }
  return items;
}

function mergeArrays({ base, mine, theirs }: Keyed, keyOf: KeyOf, pointer: string): Merged {
  const items: JsonValue[] = [];
  const conflicts: Conflict[] = [];
  for (const key of mergeOrder([...mine.keys()], [...theirs.keys()])) {
    const part = { base: base.get(key), mine: mine.get(key), theirs: theirs.get(key) };
    const merged = mergeJson(part, keyOf, `${pointer}/${items.length}`);
    if (merged.value !== undefined) items.push(merged.value);
    conflicts.push(...merged.conflicts);
  }
  return { value: items, conflicts };
}

/** The new description's order, with what only the maker has after what stands before it there. */
function mergeOrder(mine: readonly string[], theirs: readonly string[]): readonly string[] {
  const known = new Set(theirs);
  const following = new Map<string, string[]>();
  let previous = '';
  for (const name of mine) {
    if (known.has(name)) previous = `#${name}`;
    else following.set(previous, [...(following.get(previous) ?? []), name]);
  }
  return [...(following.get('') ?? []), ...theirs.flatMap((name) => [name, ...(following.get(`#${name}`) ?? [])])];
}

/** Equality of JSON values: members in any order, items in theirs. */
export function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}
