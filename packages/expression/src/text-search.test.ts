import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexOfText, lastIndexOfText, splitText } from './text-search.ts';

const long = 'a'.repeat(3_000_000);
/** Nearly fits at every position, and is found out in its middle. */
const misfit = `${'a'.repeat(60)}b${'a'.repeat(60)}`;

it('searches long texts for long patterns in linear time', () => {
  const pattern = `${'a'.repeat(100_000)}b${'a'.repeat(100_000)}`;
  const text = `${long}b${long}`;
  expect([indexOfText(long, pattern), indexOfText(text, pattern), lastIndexOfText(text, pattern)]).toEqual([
    -1, 2_900_000, 2_900_000,
  ]);
  expect(lastIndexOfText(long, `${'a'.repeat(100_000)}b`)).toBe(-1);
  expect(splitText(text, pattern).map((part) => part.length)).toEqual([2_900_000, 2_900_000]);
  expect(splitText(`${long}${misfit}${long}`, misfit).map((part) => part.length)).toEqual([3_000_000, 3_000_000]);
});

it('finds what the runtime finds', { timeout: 60_000 }, () => {
  const word = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b') });
  fc.assert(
    fc.property(word, word, fc.nat(2_200_000), (unit, rare, at) => {
      const text = `${unit.repeat(Math.ceil(at / unit.length))}${rare}${unit.repeat(400_000)}`;
      const pattern = `${unit.repeat(70)}${rare}${unit.repeat(70)}`;
      expect(indexOfText(text, pattern)).toBe(text.indexOf(pattern));
      expect(indexOfText(text, pattern, 1000)).toBe(text.indexOf(pattern, 1000));
      expect(lastIndexOfText(text, pattern)).toBe(text.lastIndexOf(pattern));
      expect(lastIndexOfText(text, pattern, 5000)).toBe(text.lastIndexOf(pattern, 5000));
      expect(splitText(text, pattern, 9)).toEqual(text.split(pattern, 9));
    }),
    { seed: 3, numRuns: 60 },
  );
});
