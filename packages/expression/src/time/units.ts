import { addMonths, addTicks, type DateTime, ticksPerDay, ticksPerSecond } from './date-time.ts';

const ticksByUnit: Readonly<Record<string, bigint>> = {
  second: ticksPerSecond,
  minute: 60n * ticksPerSecond,
  hour: 3600n * ticksPerSecond,
  day: ticksPerDay,
  week: 7n * ticksPerDay,
};
const monthsByUnit: Readonly<Record<string, number>> = { month: 1, year: 12 };

/** Adds a number of units, named as the language does (`Second` … `Year`, any case); undefined for an unknown unit. */
export function addUnits(value: DateTime, count: number, unit: string): DateTime | undefined {
  const name = unit.toLowerCase();
  const ticks = Object.hasOwn(ticksByUnit, name) ? ticksByUnit[name] : undefined;
  if (ticks !== undefined) return addTicks(value, ticks * BigInt(count));
  const months = Object.hasOwn(monthsByUnit, name) ? monthsByUnit[name] : undefined;
  return months === undefined ? undefined : addMonths(value, months * count);
}
