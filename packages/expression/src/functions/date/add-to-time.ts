import type { EagerFunction } from '../function-definition.ts';
import { moveByUnit } from './move-by-unit.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const addToTime: EagerFunction = {
  kind: 'eager',
  name: 'addToTime',
  parameters: ['timestamp', 'integer', 'string', 'string'],
  optional: 1,
  apply: ([timestamp, count, unit, format], scope) =>
    writeTimestamp(
      'addToTime',
      moveByUnit('addToTime', readTimestamp('addToTime', timestamp, scope), Number(count), unit),
      format,
    ),
};
