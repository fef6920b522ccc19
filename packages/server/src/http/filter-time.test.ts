import { expect, it } from 'vitest';
import { filterTime } from './filter-time.ts';

it.each([
  ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.0000000Z'],
  ['2026-01-31T08:00:00.5Z', '2026-01-31T08:00:00.5000000Z'],
  ['2026-01-31T08:00:00.1234567Z', '2026-01-31T08:00:00.1234567Z'],
  ['2026-01-31T08:00:00.12345678Z', '2026-01-31T08:00:00.1234567Z'],
  ['2026-01-31T08:00+02:00', '2026-01-31T06:00:00.0000000Z'],
  ['2026-01-31t08:00:00', '2026-01-31T08:00:00.0000000Z'],
  ['2026-01-31', '2026-01-31T00:00:00.0000000Z'],
])('reads %s', (text, time) => expect(filterTime(text)).toBe(time));

it('adds a tick over the second', () => {
  expect(filterTime('2026-12-31T23:59:59.9999999Z', 1)).toBe('2027-01-01T00:00:00.0000000Z');
});

it.each(['yesterday', '2026-13-01', '2026-01-31T25:00:00Z', ''])('refuses %o', (text) => {
  expect(() => filterTime(text)).toThrow(`"${text}" in the \`$filter\` is no time.`);
});
