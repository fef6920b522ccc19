import type { EagerFunction } from '../function-definition.ts';
import { moveByUnit } from './move-by-unit.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const subtractFromTime: EagerFunction = {
  kind: 'eager',
  name: 'subtractFromTime',
  parameters: ['timestamp', 'integer', 'string', 'string'],
  optional: 1,
  apply: ([timestamp, count, unit, format], scope) =>
    writeTimestamp(
      'subtractFromTime',
      moveByUnit('subtractFromTime', readTimestamp('subtractFromTime', timestamp, scope), -Number(count), unit),
      format,
    ),
};
