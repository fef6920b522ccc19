import { expect, it } from 'vitest';
import { closestFunction } from './closest-function.ts';

it.each([
  ['conct', 'concat'],
  ['formatDatetim', 'formatDateTime'],
  ['UTCNOW', 'utcNow'],
  ['lenght', 'length'],
  ['triggerbdy', 'triggerBody'],
  ['zzzzzz', undefined],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('finds the function that %j is a slip of', (name, expected) => {
  expect(closestFunction(name)).toBe(expected);
});
