import { expect, it } from 'vitest';
import { HeldMap } from './held-map.ts';

it('finds what was set, oldest first, and forgets what was deleted', () => {
  const map = new HeldMap<string, number>();
  map.set('a', 1);
  map.set('b', 2);
  map.set('c', 3);
  map.set('a', 4);
  map.delete('b');
  map.delete('unknown');
  expect([map.size, map.get('a'), map.get('b'), map.values()]).toEqual([2, 4, undefined, [4, 3]]);
});

it('is empty once it was cleared, and takes more', () => {
  const map = new HeldMap<string, number>();
  map.set('a', 1);
  map.clear();
  map.set('b', 2);
  expect([map.size, map.values()]).toEqual([1, [2]]);
});
