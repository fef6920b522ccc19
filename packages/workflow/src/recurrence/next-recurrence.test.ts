import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { nextRecurrence } from './next-recurrence.ts';
import { readRecurrence } from './recurrence.ts';

function fires(source: JsonValue, from: string, count: number, anchor = from): readonly string[] {
  const read = readRecurrence(source);
  if (read.kind === 'problem') return [read.message];
  const found: string[] = [];
  let afterMs = Date.parse(from) - 1;
  let lastFireMs: number | undefined;
  while (found.length < count) {
    const times = {
      afterMs,
      anchorMs: lastFireMs ?? Date.parse(anchor),
      ...(lastFireMs === undefined ? {} : { lastFireMs }),
    };
    const next = nextRecurrence(read.recurrence, times);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().replace('.000Z', 'Z'));
    afterMs = next;
    lastFireMs = next;
  }
  return found;
}

it.each<[string, JsonValue, string, readonly string[]]>([
  [
    'without a start fires at once, then by interval',
    { frequency: 'minute', interval: '5' },
    '2026-03-01T10:02:30Z',
    ['2026-03-01T10:02:30Z', '2026-03-01T10:07:30Z', '2026-03-01T10:12:30Z'],
  ],
  [
    'with a start in the future begins there',
    { frequency: 'Hour', interval: 2, startTime: '2026-03-02T09:00:00Z' },
    '2026-03-01T10:00:00Z',
    ['2026-03-02T09:00:00Z', '2026-03-02T11:00:00Z'],
  ],
  [
    'with a start in the past keeps its slots and drops what was missed',
    { frequency: 'Day', interval: 3, startTime: '2026-01-01T09:00:00Z' },
    '2026-03-01T10:00:00Z',
    ['2026-03-02T09:00:00Z', '2026-03-05T09:00:00Z'],
  ],
  [
    'steps months by the calendar',
    { frequency: 'Month', interval: 1, startTime: '2026-01-31T00:00:00Z' },
    '2026-02-01T00:00:00Z',
    ['2026-02-28T00:00:00Z', '2026-03-31T00:00:00Z', '2026-04-30T00:00:00Z'],
  ],
  [
    'keeps the wall clock over a change to summer time',
    { frequency: 'Day', interval: 1, startTime: '2026-03-28T08:00:00', timeZone: 'W. Europe Standard Time' },
    '2026-03-28T00:00:00Z',
    ['2026-03-28T07:00:00Z', '2026-03-29T06:00:00Z'],
  ],
  [
    'takes hours with the minute of the first run',
    { frequency: 'Day', interval: 1, schedule: { hours: ['6', 18] } },
    '2026-03-01T10:20:00Z',
    ['2026-03-01T18:20:00Z', '2026-03-02T06:20:00Z'],
  ],
  [
    'takes hours and minutes in the zone',
    { frequency: 'Day', interval: 1, timeZone: 'Eastern Standard Time', schedule: { hours: [7], minutes: [0, 30] } },
    '2026-01-01T00:00:00Z',
    ['2026-01-01T12:00:00Z', '2026-01-01T12:30:00Z', '2026-01-02T12:00:00Z'],
  ],
  [
    'takes week days of every second week',
    {
      frequency: 'Week',
      interval: 2,
      startTime: '2026-03-02T09:00:00Z',
      schedule: { weekDays: ['Monday', 'Friday'], hours: [9], minutes: [0] },
    },
    '2026-03-02T00:00:00Z',
    ['2026-03-02T09:00:00Z', '2026-03-06T09:00:00Z', '2026-03-16T09:00:00Z'],
  ],
  [
    'is never earlier than its start',
    { frequency: 'Day', interval: 1, startTime: '2026-03-01T12:00:00Z', schedule: { hours: [9], minutes: [0] } },
    '2026-02-20T00:00:00Z',
    ['2026-03-02T09:00:00Z'],
  ],
  [
    'takes the last day of the month',
    {
      frequency: 'Month',
      interval: 1,
      startTime: '2026-01-01T00:00:00Z',
      schedule: { monthDays: [-1], hours: [0], minutes: [0] },
    },
    '2026-01-01T00:00:00Z',
    ['2026-01-31T00:00:00Z', '2026-02-28T00:00:00Z'],
  ],
  [
    'takes the last Friday of the month',
    {
      frequency: 'Month',
      interval: 1,
      startTime: '2026-01-01T00:00:00Z',
      schedule: { monthlyOccurrences: [{ day: 'Friday', occurrence: -1 }], hours: [5], minutes: [15] },
    },
    '2026-01-01T00:00:00Z',
    ['2026-01-30T05:15:00Z', '2026-02-27T05:15:00Z'],
  ],
  [
    'ends at its end',
    { frequency: 'Hour', interval: 1, startTime: '2026-03-01T09:00:00Z', endTime: '2026-03-01T10:30:00Z' },
    '2026-03-01T00:00:00Z',
    ['2026-03-01T09:00:00Z', '2026-03-01T10:00:00Z'],
  ],
  [
    'needs a frequency',
    { interval: 1 },
    '2026-03-01T00:00:00Z',
    ['the frequency "" is not one of Second, Minute, Hour, Day, Week, Month, Year'],
  ],
  [
    'needs a known zone',
    { frequency: 'Day', interval: 1, timeZone: 'Nowhere' },
    '2026-03-01T00:00:00Z',
    ['the time zone "Nowhere" is not known'],
  ],
  [
    'needs an interval within limits',
    { frequency: 'Month', interval: 17 },
    '2026-03-01T00:00:00Z',
    ['the interval of a Month recurrence must be 1 to 16'],
  ],
])('a recurrence %s', (_what, source, from, expected) => {
  expect(fires(source, from, expected.length)).toEqual(expected);
});

it('answers the slot after a time, however long nobody asked', () => {
  const read = readRecurrence({ frequency: 'Minute', interval: 15 });
  if (read.kind === 'problem') throw new TypeError(read.message);
  const lastFireMs = Date.parse('2026-01-01T00:00:00Z');
  const next = nextRecurrence(read.recurrence, {
    afterMs: Date.parse('2026-05-05T05:05:05Z'),
    anchorMs: lastFireMs,
    lastFireMs,
  });
  expect(new Date(next ?? 0).toISOString()).toBe('2026-05-05T05:15:00.000Z');
});
