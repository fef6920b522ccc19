import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { dropStartGarbage } from './drop-start-garbage.ts';

it('lets go of what nobody holds any more', () => {
  setFlagsFromString('--expose-gc');
  vi.stubGlobal('gc', runInNewContext('gc'));
  const held = { texts: Array.from({ length: 200_000 }, (_, index) => [`text ${index}`]) };
  const before = process.memoryUsage().heapUsed;
  held.texts.length = 0;
  dropStartGarbage();
  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(8_000_000);
});

it('does nothing where it may not', () => {
  vi.stubGlobal('gc', undefined);
  dropStartGarbage();
  expect(globalThis.gc).toBeUndefined();
});
