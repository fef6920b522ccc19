import { fromUtc } from '../../time/time-zone.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimeZone } from './read-time-zone.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const convertFromUtc: EagerFunction = {
  kind: 'eager',
  name: 'convertFromUtc',
  parameters: ['timestamp', 'string', 'string'],
  optional: 1,
  apply: ([timestamp, zone, format], scope) =>
    writeTimestamp(
      'convertFromUtc',
      fromUtc(readTimestamp('convertFromUtc', timestamp, scope), readTimeZone('convertFromUtc', zone)),
      format,
    ),
};
