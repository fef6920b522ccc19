import { formatTimeSpan } from '../../time/time-span.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';

export const dateDifference: EagerFunction = {
  kind: 'eager',
  name: 'dateDifference',
  parameters: ['timestamp', 'timestamp'],
  apply: ([start, end], scope) =>
    formatTimeSpan(
      readTimestamp('dateDifference', end, scope).ticks - readTimestamp('dateDifference', start, scope).ticks,
    ),
};
