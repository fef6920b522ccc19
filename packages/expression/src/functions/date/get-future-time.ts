import { fromEpochMs } from '../../time/date-time.ts';
import type { EagerFunction } from '../function-definition.ts';
import { moveByUnit } from './move-by-unit.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const getFutureTime: EagerFunction = {
  kind: 'eager',
  name: 'getFutureTime',
  parameters: ['integer', 'string', 'string'],
  optional: 1,
  apply: ([count, unit, format], scope) =>
    writeTimestamp('getFutureTime', moveByUnit('getFutureTime', fromEpochMs(scope.now()), Number(count), unit), format),
};
