import { expect, it } from 'vitest';
import { offsetOf } from './offset-of.ts';

it.each([
  [1, 1, 0],
  [1, 3, 2],
  [2, 1, 4],
  [3, 2, 8],
  [3, 99, 9],
  [4, 1, 9],
])('finds line %i, column %i', (line, column, expected) => {
  expect(offsetOf('abc\nd\r\nfg', line, column)).toBe(expected);
});
