import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DateTime } from './date-time.ts';
import { formatDateTime } from './format-date-time.ts';
import { parseDateTime } from './parse-date-time.ts';
import { fromUtc, ianaTimeZone, toUtc, toUtcStrictly } from './time-zone.ts';
import { windowsTimeZones } from './windows-time-zones.ts';

const names = join(import.meta.dirname, '../../../../../shared/corpus/windows-timezones.json');

function wallClock(text: string): DateTime {
  const value = parseDateTime(text);
  if (value === undefined) throw new Error(`${text} is no date`);
  return value;
}

function written(value: DateTime | undefined): string | undefined {
  return value === undefined ? undefined : formatDateTime(value, 'yyyy-MM-ddTHH:mmK');
}

it.each(Object.entries(windowsTimeZones))('knows the rules of %s', (name, zone) => {
  expect([ianaTimeZone(name), ianaTimeZone(name.toUpperCase()), ianaTimeZone(zone)]).toEqual([
    zone,
    zone,
    new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone,
  ]);
});

it.skipIf(!existsSync(names))('knows every name that designers offer (needs ../shared/corpus)', () => {
  const { zones } = JSON.parse(readFileSync(names, 'utf8')) as { readonly zones: readonly { readonly name: string }[] };
  expect(zones.filter(({ name }) => ianaTimeZone(name) === undefined)).toEqual([]);
});

it.each(['Nowhere Standard Time', '', 'GMT+1', '__proto__'])('does not know %j', (name) => {
  expect(ianaTimeZone(name)).toBeUndefined();
});

it.each([
  // Clocks in New York go forward on 2024-03-10 and back on 2024-11-03, both at two.
  ['2024-03-10T01:59', '2024-03-10T06:59Z', '2024-03-10T06:59Z'],
  ['2024-03-10T02:30', undefined, '2024-03-10T07:30Z'],
  ['2024-03-10T03:00', '2024-03-10T07:00Z', '2024-03-10T07:00Z'],
  ['2024-11-03T00:59', '2024-11-03T04:59Z', '2024-11-03T04:59Z'],
  ['2024-11-03T01:30', '2024-11-03T06:30Z', '2024-11-03T05:30Z'],
  ['2024-11-03T02:00', '2024-11-03T07:00Z', '2024-11-03T07:00Z'],
])('reads %s in New York where clocks change', (text, strict, lenient) => {
  const value = wallClock(text);
  expect([written(toUtcStrictly(value, 'America/New_York')), written(toUtc(value, 'America/New_York'))]).toEqual([
    strict,
    lenient,
  ]);
});

it.each([
  ['2024-11-03T05:30Z', '2024-11-03T01:30'],
  ['2024-11-03T06:30Z', '2024-11-03T01:30'],
  ['2024-03-10T07:00Z', '2024-03-10T03:00'],
])('shows %s in New York', (text, expected) => {
  expect(written(fromUtc(wallClock(text), 'America/New_York'))).toBe(expected);
});

it('keeps ticks and odd offsets', () => {
  const value = wallClock('2024-01-01T00:00:00.1234567Z');
  expect(formatDateTime(fromUtc(value, 'Asia/Kathmandu'), 'o')).toBe('2024-01-01T05:45:00.1234567');
  expect(formatDateTime(toUtc(fromUtc(value, 'Asia/Kathmandu'), 'Asia/Kathmandu'), 'o')).toBe(
    '2024-01-01T00:00:00.1234567Z',
  );
});
