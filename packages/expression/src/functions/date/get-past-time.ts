import { fromEpochMs } from '../../time/date-time.ts';
import type { EagerFunction } from '../function-definition.ts';
import { moveByUnit } from './move-by-unit.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const getPastTime: EagerFunction = {
  kind: 'eager',
  name: 'getPastTime',
  parameters: ['integer', 'string', 'string'],
  optional: 1,
  apply: ([count, unit, format], scope) =>
    writeTimestamp('getPastTime', moveByUnit('getPastTime', fromEpochMs(scope.now()), -Number(count), unit), format),
};
