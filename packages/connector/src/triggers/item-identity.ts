import { createHash } from 'node:crypto';
import { type JsonValue, type PathStep, parseSubPath } from '@patchbay/definition';
import { isObject, readAt } from '../policies/property-path.ts';

/** Members that say which item an item is, in order of trust. */
const idNames = ['id', '_id', 'uid', 'uuid', 'guid', 'key'];
/** Identities that are kept besides those that a feed shows at the moment. */
const kept = 5_000;
const most = 50_000;

/** Gives an item of a feed its identity: the same for the same item however the feed is ordered, another when it has changed where it counts. */
export type Identify = (item: JsonValue) => string;

/**
 * An item is who its declared or usual id says, together with what the trigger's state is made of (a time of change makes a changed item a new
 * event); without an id, what it says as a whole.
 */
export function compileIdentity(options: {
  readonly itemId: string | undefined;
  readonly cursors: readonly (readonly PathStep[])[];
}): Identify {
  const declared = options.itemId === undefined ? undefined : parseSubPath(options.itemId);
  return (item) => {
    const id = declared === undefined ? usualId(item) : readAt(item, declared);
    if (id === undefined || id === null) return digest(item);
    return digest([id, ...options.cursors.map((path) => readAt(item, path) ?? null)]);
  };
}

function usualId(item: JsonValue): JsonValue | undefined {
  if (!isObject(item)) return undefined;
  const names = Object.keys(item);
  for (const known of idNames) {
    const name = names.find((one) => one.toLowerCase() === known);
    const value = name === undefined ? undefined : item[name];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return value;
  }
  return undefined;
}

/** Separates what is new from what was seen. What a feed shows now is remembered first, then what it showed before, up to a bound. */
export function takeNew(
  items: readonly JsonValue[],
  seen: readonly string[],
  identify: Identify,
): { readonly fresh: readonly JsonValue[]; readonly seen: readonly string[] } {
  const before = new Set(seen);
  const now = new Set<string>();
  const fresh = items.filter((item) => {
    const identity = identify(item);
    const isNew = !before.has(identity) && !now.has(identity);
    now.add(identity);
    return isNew;
  });
  const all = [...now, ...seen.filter((identity) => !now.has(identity))];
  return { fresh, seen: all.slice(0, Math.min(Math.max(now.size, kept), most)) };
}

function digest(value: JsonValue): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('base64url')
    .slice(0, 22);
}

/** Members in the order of their names: a feed that writes them in another says the same. */
function canonical(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, canonical(value[name] ?? null)]));
}
