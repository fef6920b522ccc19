import type { Value } from '../../contract.ts';
import { compareNumbers, type NumberValue } from '../../numbers.ts';
import { isArray } from '../../values.ts';
import { checkArgument, invalidArgument } from '../check-arguments.ts';

/** The number that wins every comparison, of several arguments or of one array. */
export function findExtreme(functionName: string, values: readonly Value[], wins: (order: number) => boolean): Value {
  const [head = null] = values;
  const numbers = values.length === 1 && isArray(head) ? head : values;
  for (const [index, value] of numbers.entries()) checkArgument(functionName, 'number', value, index, numbers.length);
  if (numbers.length === 0) throw invalidArgument(functionName, 'expects at least one number.');
  return (numbers as readonly NumberValue[]).reduce((best, value) =>
    wins(compareNumbers(value, best)) ? value : best,
  );
}
