import { addTicks } from '../../time/date-time.ts';

import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

/** `addX(timestamp, count, format?)` for a unit of fixed length. */
export function addFunction(name: string, ticksPerUnit: bigint): EagerFunction {
  return {
    kind: 'eager',
    name,
    parameters: ['timestamp', 'integer', 'string'],
    optional: 1,
    apply: ([timestamp, count, format], scope) =>
      writeTimestamp(
        name,
        addTicks(readTimestamp(name, timestamp, scope), ticksPerUnit * BigInt(count as number | bigint)),
        format,
      ),
  };
}
