import { fieldsOf } from '../../time/date-time.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';

/** Sunday is 0. */
export const dayOfWeek: EagerFunction = {
  kind: 'eager',
  name: 'dayOfWeek',
  parameters: ['timestamp'],
  apply: ([timestamp], scope) => fieldsOf(readTimestamp('dayOfWeek', timestamp, scope)).dayOfWeek,
};
