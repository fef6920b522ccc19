import { type NumberValue, toNumber } from '../../numbers.ts';
import { addTicks } from '../../time/date-time.ts';
import { scale } from '../../time/units.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

/** `addX(timestamp, count, format?)` for a unit of fixed length. */
export function addFunction(name: string, ticksPerUnit: bigint): EagerFunction {
  return {
    kind: 'eager',
    name,
    parameters: ['string', 'number', 'string'],
    optional: 1,
    apply: ([timestamp, count, format]) =>
      writeTimestamp(
        name,
        addTicks(readTimestamp(name, timestamp), scale(ticksPerUnit, toNumber(count as NumberValue))),
        format,
      ),
  };
}
