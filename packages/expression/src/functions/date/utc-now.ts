import { fromEpochMs } from '../../time/date-time.ts';
import type { EagerFunction } from '../function-definition.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const utcNow: EagerFunction = {
  kind: 'eager',
  name: 'utcNow',
  parameters: ['string'],
  optional: 1,
  apply: ([format], scope) =>
    format === undefined
      ? `${new Date(scope.now()).toISOString().slice(0, -1)}0000Z`
      : writeTimestamp('utcNow', fromEpochMs(scope.now()), format),
};
