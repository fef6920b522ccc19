import { formatTimeSpan } from '../../time/time-span.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';

export const dateDifference: EagerFunction = {
  kind: 'eager',
  name: 'dateDifference',
  parameters: ['string', 'string'],
  apply: ([start, end]) =>
    formatTimeSpan(readTimestamp('dateDifference', end).ticks - readTimestamp('dateDifference', start).ticks),
};
