import { fieldsOf, ticksPerDay } from '../../time/date-time.ts';
import { startOfDayTicks, startOfFunction } from './start-of.ts';

export const startOfMonth = startOfFunction(
  'startOfMonth',
  (value) => startOfDayTicks(value) - BigInt(fieldsOf(value).day - 1) * ticksPerDay,
);
