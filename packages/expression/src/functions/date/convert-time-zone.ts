import { fromUtc } from '../../time/time-zone.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimeZone } from './read-time-zone.ts';
import { readTimestamp } from './read-timestamp.ts';
import { readWallClock } from './read-wall-clock.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const convertTimeZone: EagerFunction = {
  kind: 'eager',
  name: 'convertTimeZone',
  parameters: ['timestamp', 'string', 'string', 'string'],
  optional: 1,
  apply: ([timestamp, source, destination, format], scope) => {
    const value = readTimestamp('convertTimeZone', timestamp, scope);
    const [from, to] = [readTimeZone('convertTimeZone', source), readTimeZone('convertTimeZone', destination)];
    return writeTimestamp(
      'convertTimeZone',
      fromUtc(readWallClock('convertTimeZone', value, from, source as string), to),
      format,
    );
  },
};
