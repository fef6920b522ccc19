import { type DateTime, ticksPerDay, ticksPerSecond } from '../../time/date-time.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

/** `startOfX(timestamp, format?)`. */
export function startOfFunction(name: string, start: (value: DateTime) => bigint): EagerFunction {
  return {
    kind: 'eager',
    name,
    parameters: ['timestamp', 'string'],
    optional: 1,
    apply: ([timestamp, format], scope) => {
      const value = readTimestamp(name, timestamp, scope);
      return writeTimestamp(name, { ...value, ticks: start(value) }, format);
    },
  };
}

export function startOfDayTicks({ ticks }: DateTime): bigint {
  return ticks - (ticks % ticksPerDay);
}

export function startOfHourTicks({ ticks }: DateTime): bigint {
  return ticks - (ticks % (3600n * ticksPerSecond));
}
