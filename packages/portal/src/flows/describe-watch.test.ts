import { expect, it } from 'vitest';
import { describeNote, describeWatch } from './describe-watch.ts';

it.each([
  ['poll', 'Active', 'Asks the API for what is new'],
  ['subscription', 'Active', 'Subscribed: the API calls when something happens'],
  ['subscription', 'Failed', 'Not subscribed'],
  ['poll', 'Failed', 'Does not ask the API any more'],
] as const)('says of a %s that is %s: %s', (kind, status, expected) => {
  expect(describeWatch({ kind, status, attempts: 0, state: null })).toBe(expected);
});

it('tells what became of an attempt', () => {
  expect(describeNote({ at: '', event: 'subscribe', status: 'Succeeded', code: 'OK' })).toBe('Subscribe: done');
  expect(describeNote({ at: '', event: 'poll', status: 'Failed', code: 'Forbidden', message: 'No.' })).toBe(
    'Poll: No.',
  );
});
