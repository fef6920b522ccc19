import { fieldsOf, ticksOf, ticksPerDay } from '../../time/date-time.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';

export const dayOfYear: EagerFunction = {
  kind: 'eager',
  name: 'dayOfYear',
  parameters: ['timestamp'],
  apply: ([timestamp], scope) => {
    const value = readTimestamp('dayOfYear', timestamp, scope);
    return Number((value.ticks - (ticksOf(fieldsOf(value).year, 1, 1) ?? 0n)) / ticksPerDay) + 1;
  },
};
