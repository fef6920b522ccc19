import { expect, it } from 'vitest';
import { mapSlices } from './map-slices.ts';

it('maps long texts as it maps short ones', () => {
  const text = 'aß<\u{1F600}'.repeat(50_000);
  expect(mapSlices(text, (slice) => slice.replace(/</g, '&lt;'))).toBe('aß&lt;\u{1F600}'.repeat(50_000));
  // Half a character would be escaped as a stranger.
  expect(mapSlices(text, encodeURIComponent)).toBe(encodeURIComponent(text));
  expect(mapSlices('', (slice) => `${slice}!`)).toBe('!');
});
