import type { JsonObject, JsonValue, PathStep } from '@patchbay/definition';

/** What stands at a path, or undefined. Own members only. */
export function readAt(value: JsonValue | undefined, path: readonly PathStep[]): JsonValue | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) current = current[Number(step)];
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/** The value with another at a path; objects that are missing on the way are made. `undefined` removes. */
export function writeAt(
  value: JsonValue | undefined,
  path: readonly PathStep[],
  next: JsonValue | undefined,
): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return next ?? null;
  if (Array.isArray(value)) {
    const index = Number(step);
    const items = value as readonly JsonValue[];
    if (!Number.isInteger(index) || index < 0 || index > items.length) return value;
    const changed = writeMember(items[index], rest, next);
    if (changed === undefined) return items.filter((_, at) => at !== index);
    return index === items.length ? [...items, changed] : items.with(index, changed);
  }
  const members = isObject(value) ? value : {};
  const changed = writeMember(Object.hasOwn(members, step) ? members[step] : undefined, rest, next);
  const entries = Object.entries(members);
  // Members are defined, never assigned: no name can reach a prototype.
  if (changed === undefined) return Object.fromEntries(entries.filter(([name]) => name !== String(step)));
  return Object.fromEntries([...entries, [String(step), changed]]);
}

function writeMember(
  value: JsonValue | undefined,
  path: readonly PathStep[],
  next: JsonValue | undefined,
): JsonValue | undefined {
  if (path.length === 0) return next;
  return value === undefined && next === undefined ? undefined : writeAt(value, path, next);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
