import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { nextRecurrence } from './next-recurrence.ts';
import { readRecurrence } from './recurrence.ts';

function fires(source: JsonValue, from: string, count: number, anchor = from): readonly string[] {
  const read = readRecurrence(source);
  if (read.kind === 'problem') return [read.message];
  const found: string[] = [];
  let afterMs = Date.parse(from) - 1;
  while (found.length < count) {
    const next = nextRecurrence(read.recurrence, { afterMs, anchorMs: Date.parse(anchor) });
    if (next === undefined) break;
    found.push(new Date(next).toISOString().replace('.000Z', 'Z'));
    afterMs = next;
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
    ['2026-03-01T10:20:00Z', '2026-03-01T18:20:00Z', '2026-03-02T06:20:00Z'],
  ],
  [
    'takes minutes with the hour of the first run',
    {
      frequency: 'Week',
      interval: 1,
      schedule: { weekDays: ['Monday'], minutes: [5, 35] },
      startTime: '2026-03-01T07:10:00Z',
    },
    '2026-03-01T10:20:00Z',
    ['2026-03-02T07:05:00Z', '2026-03-02T07:35:00Z', '2026-03-09T07:05:00Z'],
  ],
  [
    'keeps the second of its start where no minutes are named',
    { frequency: 'Day', interval: 1, schedule: { hours: [9] }, startTime: '2026-03-01T09:15:30.250' },
    '2026-03-01T00:00:00Z',
    ['2026-03-01T09:15:30.250Z', '2026-03-02T09:15:30.250Z'],
  ],
  [
    'moves what summer time leaves out, for that day only',
    { frequency: 'Day', interval: 1, startTime: '2026-03-28T02:30:00', timeZone: 'Europe/Berlin' },
    '2026-03-28T00:00:00Z',
    ['2026-03-28T01:30:00Z', '2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z'],
  ],
  [
    'goes on at the hour of a start that summer time left out',
    { frequency: 'Day', interval: 1, startTime: '2026-03-29T02:30:00', timeZone: 'Europe/Berlin' },
    '2026-03-28T00:00:00Z',
    ['2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z'],
  ],
  [
    'takes the first of an hour that is there twice',
    {
      frequency: 'Day',
      interval: 1,
      startTime: '2026-10-24T00:00:00',
      timeZone: 'Europe/Berlin',
      schedule: { hours: [2], minutes: [30] },
    },
    '2026-10-24T00:00:00Z',
    ['2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
  ],
  [
    'goes by elapsed time below a day, whatever the clocks do',
    { frequency: 'Hour', interval: 12, startTime: '2026-03-28T20:00:00', timeZone: 'Europe/Berlin' },
    '2026-03-28T00:00:00Z',
    ['2026-03-28T19:00:00Z', '2026-03-29T07:00:00Z', '2026-03-29T19:00:00Z'],
  ],
  [
    'counts hours of its own zone',
    {
      frequency: 'Hour',
      interval: 2,
      startTime: '2026-03-01T10:00:00',
      timeZone: 'India Standard Time',
      schedule: { minutes: [0, 30] },
    },
    '2026-03-01T00:00:00Z',
    ['2026-03-01T04:30:00Z', '2026-03-01T05:00:00Z', '2026-03-01T06:30:00Z', '2026-03-01T07:00:00Z'],
  ],
  [
    'takes every few minutes of the hours that are named',
    {
      frequency: 'Minute',
      interval: 25,
      startTime: '2026-03-01T08:30:00Z',
      schedule: { hours: [8, 9], weekDays: ['Sunday'] },
    },
    '2026-03-01T00:00:00Z',
    [
      '2026-03-01T08:30:00Z',
      '2026-03-01T08:55:00Z',
      '2026-03-01T09:20:00Z',
      '2026-03-01T09:45:00Z',
      '2026-03-08T08:00:00Z',
    ],
  ],
  [
    'ignores its zone for a start that has an offset',
    { frequency: 'Day', interval: 1, startTime: '2026-03-28T08:00:00Z', timeZone: 'Europe/Berlin' },
    '2026-03-28T00:00:00Z',
    ['2026-03-28T08:00:00Z', '2026-03-29T08:00:00Z'],
  ],
  [
    'never comes when its days are never',
    { frequency: 'Month', interval: 12, startTime: '2026-02-01T00:00:00Z', schedule: { monthDays: [30] } },
    '2026-02-01T00:00:00Z',
    [],
  ],
  [
    'needs a time that there is',
    { frequency: 'Day', interval: 1, startTime: '2026-02-30T00:00:00' },
    '2026-03-01T00:00:00Z',
    ['"2026-02-30T00:00:00" is not a date and time such as 2026-11-24T09:00:00'],
  ],
  [
    'takes hours and minutes in the zone',
    { frequency: 'Day', interval: 1, timeZone: 'Eastern Standard Time', schedule: { hours: [7], minutes: [0, 30] } },
    '2026-01-01T00:00:00Z',
    ['2026-01-01T00:00:00Z', '2026-01-01T12:00:00Z', '2026-01-01T12:30:00Z', '2026-01-02T12:00:00Z'],
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
  expect(fires(source, from, Math.max(expected.length, 1))).toEqual(expected);
});

it('answers the slot after a time, however long nobody asked', () => {
  expect(fires({ frequency: 'Minute', interval: 15 }, '2026-05-05T05:05:05Z', 1, '2026-01-01T00:00:00Z')).toEqual([
    '2026-05-05T05:15:00Z',
  ]);
});
