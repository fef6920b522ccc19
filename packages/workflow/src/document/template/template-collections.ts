import type { JsonValue } from '@patchbay/expression';
import { entriesOf, isArray, isObject, member } from '../../plan/json.ts';
import { Unresolved } from './unresolved.ts';

type Given = readonly JsonValue[];

const maximumRange = 10_000;

/** Functions of lists and objects, by lower-case name (ARM, "Array functions", "Object functions for ARM templates"). */
export const templateCollections = {
  flatten: ([list]: Given): JsonValue => listOf(list).flatMap(listOf),
  indexfromend: ([list, index]: Given): JsonValue => known(listOf(list).at(-Number(index))),
  intersection: (given: Given): JsonValue => {
    const [first, ...others] = given;
    if (isObject(first)) {
      const shared = entriesOf(first).filter(([name, value]) =>
        others.every((other) => isSame(member(other, name), value)),
      );
      return Object.fromEntries(shared);
    }
    return listOf(first).filter((item) => others.every((other) => listOf(other).some((one) => isSame(one, item))));
  },
  items: ([object]: Given): JsonValue =>
    entriesOf(object)
      .map(([key, value]) => ({ key, value }))
      .sort((left, right) => (left.key < right.key ? -1 : 1)),
  objectkeys: ([object]: Given): JsonValue => entriesOf(object).map(([name]) => name),
  range: ([start, count]: Given): JsonValue => {
    if (typeof start !== 'number' || typeof count !== 'number' || !(count >= 0 && count <= maximumRange))
      throw new Unresolved(`range() takes two numbers, the second from 0 to ${maximumRange}`);
    return Array.from({ length: count }, (_item, index) => start + index);
  },
  shallowmerge: ([list]: Given): JsonValue => Object.fromEntries(listOf(list).flatMap(entriesOf)),
  tryget: ([base, ...path]: Given): JsonValue =>
    path.reduce<JsonValue>((found, by) => {
      if (isArray(found)) return (typeof by === 'number' ? found[by] : undefined) ?? null;
      return (typeof by === 'string' ? member(found, by) : undefined) ?? null;
    }, base ?? null),
};

function listOf(value: JsonValue | undefined): Given {
  if (value !== undefined && isArray(value)) return value;
  throw new Unresolved('an argument that should be a list is none');
}

function known(value: JsonValue | undefined): JsonValue {
  if (value === undefined) throw new Unresolved('the list has no such item');
  return value;
}

function isSame(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
