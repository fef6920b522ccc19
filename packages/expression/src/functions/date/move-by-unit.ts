import type { Value } from '../../contract.ts';
import type { DateTime } from '../../time/date-time.ts';
import { addUnits } from '../../time/units.ts';
import { invalidArgument } from '../check-arguments.ts';

/** A timestamp moved by a number of named units. */
export function moveByUnit(functionName: string, from: DateTime, count: number, unit: Value | undefined): DateTime {
  const moved = addUnits(from, count, unit as string);
  if (moved === undefined) {
    throw invalidArgument(
      functionName,
      `knows the units Second, Minute, Hour, Day, Week, Month and Year, not '${unit as string}'.`,
    );
  }
  return moved;
}
