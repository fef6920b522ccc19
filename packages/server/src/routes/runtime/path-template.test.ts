import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchRelativePath } from './path-template.ts';

it.each([
  ['orders/{id}', 'orders/7', { id: '7' }],
  ['/orders/{id}/', '/orders/a%2Fb', { id: 'a/b' }],
  ['{a}/{b}', 'x/y', { a: 'x', b: 'y' }],
  ['', '', {}],
  ['orders/{id}', 'orders', undefined],
  ['orders/{id}', 'others/7', undefined],
  ['orders', 'orders/7', undefined],
  ['{id}', '%', undefined],
])('reads with the template %s the path %s', (template, path, expected) => {
  expect(matchRelativePath(template, path)).toEqual(expected);
});

it('gives back any text that was encoded into a segment, and never fails', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), (text, noise) => {
      fc.pre(text.isWellFormed());
      expect(matchRelativePath('a/{x}', `a/${encodeURIComponent(text)}`)).toEqual({ x: text });
      matchRelativePath(noise, noise);
    }),
    { seed: 1, numRuns: 500 },
  );
});
