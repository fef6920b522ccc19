import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nestsDeeper } from './json-depth.ts';

it('counts what is open at once, and nothing inside strings', () => {
  const wide = `[${'[],'.repeat(1000)}[]]`;
  const text = JSON.stringify(['['.repeat(1000), '\\"['.repeat(1000)]);
  expect([wide, text, `${'['.repeat(3)}${']'.repeat(3)}`].map((one) => nestsDeeper(one, 2))).toEqual([
    false,
    false,
    true,
  ]);
});

it('agrees with the depth of any JSON', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 6 }), (value, levels) => {
      expect(nestsDeeper(JSON.stringify(value), levels)).toBe(depthOf(value) > levels);
    }),
    { seed: 1, numRuns: 500 },
  );
});
