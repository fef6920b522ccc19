import type { JsonObject, JsonValue } from '@patchbay/definition';

type Branch = Map<string, JsonValue | Branch>;

/**
 * Puts `body/x/y` members back together over a whole body. `~1` stands for a slash in a name. A level whose names are all indexes,
 * from zero on, is an array.
 */
export function unflatten(
  whole: JsonValue | undefined,
  members: readonly (readonly [string, JsonValue])[],
): JsonValue | undefined {
  if (members.length === 0) return whole;
  const root: Branch = toBranch(whole);
  for (const [path, value] of members) {
    const names = path.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    let branch = root;
    for (const name of names.slice(0, -1)) {
      const existing = branch.get(name);
      const next = existing instanceof Map ? existing : toBranch(existing);
      branch.set(name, next);
      branch = next;
    }
    branch.set(names.at(-1) ?? '', value);
  }
  return toValue(root);
}

function toBranch(value: JsonValue | undefined): Branch {
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(Object.entries(value as JsonObject));
}

function toValue(branch: Branch): JsonValue {
  const entries = [...branch].map(([name, value]): [string, JsonValue] => [
    name,
    value instanceof Map ? toValue(value) : value,
  ]);
  const isArray = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isArray ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
