import type { EagerFunction } from '../function-definition.ts';
import { readTimeZone } from './read-time-zone.ts';
import { readTimestamp } from './read-timestamp.ts';
import { readWallClock } from './read-wall-clock.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const convertToUtc: EagerFunction = {
  kind: 'eager',
  name: 'convertToUtc',
  parameters: ['timestamp', 'string', 'string'],
  optional: 1,
  apply: ([timestamp, zone, format], scope) => {
    const value = readTimestamp('convertToUtc', timestamp, scope);
    const source = readTimeZone('convertToUtc', zone);
    return writeTimestamp('convertToUtc', readWallClock('convertToUtc', value, source, zone as string), format);
  },
};
