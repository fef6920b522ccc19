import { toUtc } from '../../time/time-zone.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimeZone } from './read-time-zone.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const convertToUtc: EagerFunction = {
  kind: 'eager',
  name: 'convertToUtc',
  parameters: ['string', 'string', 'string'],
  optional: 1,
  apply: ([timestamp, zone, format]) => {
    const value = readTimestamp('convertToUtc', timestamp);
    const source = readTimeZone('convertToUtc', zone);
    return writeTimestamp('convertToUtc', value.isUtc ? value : toUtc(value, source), format);
  },
};
