import { fieldsOf } from '../../time/date-time.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';

export const dayOfMonth: EagerFunction = {
  kind: 'eager',
  name: 'dayOfMonth',
  parameters: ['timestamp'],
  apply: ([timestamp], scope) => fieldsOf(readTimestamp('dayOfMonth', timestamp, scope)).day,
};
