import type { JsonValue } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { compileIdentity, takeNew } from './item-identity.ts';

const byId = compileIdentity({ itemId: undefined, cursors: [] });
const byChange = compileIdentity({ itemId: undefined, cursors: [['modified']] });
const declared = compileIdentity({ itemId: 'meta.no', cursors: [] });

it.each<readonly [string, typeof byId, JsonValue, JsonValue, boolean]>([
  ['another order of members', byId, { a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 }, true],
  ['another value without an id', byId, { a: 1 }, { a: 2 }, false],
  ['another value with the same id', byId, { Id: 1, views: 1 }, { Id: 1, views: 2 }, true],
  ['an id as text and as a number', byId, { id: 1 }, { id: '1' }, false],
  ['another time of change', byChange, { id: 1, modified: 'a' }, { id: 1, modified: 'b' }, false],
  ['the same time of change', byChange, { id: 1, modified: 'a', n: 1 }, { id: 1, modified: 'a', n: 2 }, true],
  ['a declared id', declared, { id: 1, meta: { no: 7 } }, { id: 2, meta: { no: 7 } }, true],
  ['an empty id', byId, { id: '', a: 1 }, { id: '', a: 2 }, false],
  ['plain values', byId, 'a', 'b', false],
])('tells items apart: %s', (_what, identify, left, right, isSame) => {
  expect(identify(left) === identify(right)).toBe(isSame);
});

it('gives each item once, however a list grows, reorders and repeats', () => {
  const items = (...ids: readonly number[]): readonly JsonValue[] => ids.map((id) => ({ id }));
  const first = takeNew(items(3, 2, 1), [], byId);
  const second = takeNew(items(1, 4, 4, 3), first.seen, byId);
  const third = takeNew(items(2, 4), second.seen, byId);
  expect([first.fresh, second.fresh, third.fresh]).toEqual([items(3, 2, 1), items(4), []]);
});

it('remembers what a list shows, and what it showed before up to a bound', () => {
  const many = Array.from({ length: 6_000 }, (_, id): JsonValue => ({ id }));
  const first = takeNew(many, [], byId);
  expect(first.seen).toHaveLength(6_000);
  const second = takeNew([{ id: 'new' }], first.seen, byId);
  expect(second.seen).toHaveLength(5_000);
  expect(takeNew([{ id: 'new' }, { id: 0 }, { id: 5_999 }], second.seen, byId).fresh).toEqual([{ id: 5_999 }]);
});
