import { expect, it } from 'vitest';
import { jsonHasTooManyValues } from './json-values.ts';

it.each([
  ['[1,2,3]', 4, false],
  ['[1,2,3]', 3, true],
  ['[[],[],[]]', 5, false],
  ['[[],{},[]]', 4, true],
  ['["a,b,c","[[["]', 3, false],
  ['["a\\",\\\\",1]', 3, false],
  ['["not closed, 1', 2, false],
  ['', 1, false],
])('counts the values of %s against %s', (text, maximum, isTooMany) => {
  expect(jsonHasTooManyValues(text, maximum)).toBe(isTooMany);
});
