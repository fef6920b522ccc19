import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readContentRange, readWholeSize } from './content-range.ts';

it.each([
  ['bytes 0-99/1000', { first: 0, last: 99, total: 1000 }],
  ['bytes=0-99/1000', { first: 0, last: 99, total: 1000 }],
  [' Bytes 5-5/* ', { first: 5, last: 5, total: undefined }],
  ['bytes 0-99/99', undefined],
  ['bytes 9-8/99', undefined],
  ['bytes */99', undefined],
  ['items 0-9/99', undefined],
  ['bytes 0-9999999999999999/*', undefined],
  ['bytes -1-9/99', undefined],
  [undefined, undefined],
])('reads %j', (value, range) => {
  expect(readContentRange(value)).toEqual(range);
});

it.each([
  ['bytes */99', 99],
  ['bytes */0', 0],
  ['bytes */*', undefined],
  ['bytes 0-1/99', undefined],
  [undefined, undefined],
])('reads the size in %j', (value, size) => {
  expect(readWholeSize(value)).toBe(size);
});

it('reads any text as a range within its whole, or as none', () => {
  const piece = fc.constantFrom('bytes', ' ', '=', '-', '/', '*', '0', '9', '99999', 'items', '\t', '+', '1e3');
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (value) => {
      const range = readContentRange(value);
      if (range === undefined) return true;
      const { first, last, total = Number.MAX_SAFE_INTEGER } = range;
      return [first, last, total].every(Number.isSafeInteger) && first >= 0 && first <= last && last < total;
    }),
    { seed: 9, numRuns: 5000 },
  );
});
