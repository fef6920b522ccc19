import type { Value } from '@patchbay/expression';

/** What stands at a path of own members. */
export function valueAt(body: Value, path: readonly string[]): Value | undefined {
  let current: Value | undefined = body;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as { readonly [name: string]: Value })[step];
  }
  return current;
}

/**
 * Where the items of an answer stand: where the definition says; else in the body itself, in `value`, or in the only list that the
 * body has. Undefined when there is no such list.
 */
export function findItems(body: Value, stated: readonly string[] | undefined): readonly string[] | undefined {
  const candidates = stated === undefined ? [[], ['value'], ...onlyList(body)] : [stated];
  return candidates.find((path) => Array.isArray(valueAt(body, path)));
}

function onlyList(body: Value): readonly (readonly string[])[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const lists = Object.entries(body).filter(([, member]) => Array.isArray(member));
  return lists.length === 1 ? lists.map(([name]) => [name]) : [];
}

/** A body with another value at a path of objects that are there. */
export function withValueAt(body: Value, path: readonly string[], value: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const members = body as { readonly [name: string]: Value };
  const entries = Object.entries(members).map(([name, member]): [string, Value] => [
    name,
    name === step ? withValueAt(member, rest, value) : member,
  ]);
  return Object.fromEntries(entries);
}

/** A body without what stands at a path. */
export function withoutValueAt(body: Value, path: readonly string[]): Value {
  const [step, ...rest] = path;
  if (step === undefined || valueAt(body, path) === undefined) return body;
  const entries = Object.entries(body as { readonly [name: string]: Value }).flatMap(
    ([name, member]): [string, Value][] => {
      if (name !== step) return [[name, member]];
      return rest.length === 0 ? [] : [[name, withoutValueAt(member, rest)]];
    },
  );
  return Object.fromEntries(entries);
}
