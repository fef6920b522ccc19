import { fromUtc, toUtc } from '../../time/time-zone.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimeZone } from './read-time-zone.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const convertTimeZone: EagerFunction = {
  kind: 'eager',
  name: 'convertTimeZone',
  parameters: ['string', 'string', 'string', 'string'],
  optional: 1,
  apply: ([timestamp, source, destination, format]) => {
    const value = readTimestamp('convertTimeZone', timestamp);
    const [from, to] = [readTimeZone('convertTimeZone', source), readTimeZone('convertTimeZone', destination)];
    return writeTimestamp('convertTimeZone', fromUtc(value.isUtc ? value : toUtc(value, from), to), format);
  },
};
