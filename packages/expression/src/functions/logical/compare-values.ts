import type { Value } from '../../contract.ts';
import { compareNumbers, isNumber } from '../../numbers.ts';
import { checkArgument } from '../check-arguments.ts';
import { compareText } from './compare-text.ts';

/** Compares two numbers or two texts; anything else is an error of the function that asks. */
export function compareValues(functionName: string, values: readonly Value[]): number {
  const [left = null, right = null] = values;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  checkArgument(functionName, 'number or string', left, 0, 2);
  checkArgument(functionName, isNumber(left) ? 'number' : 'string', right, 1, 2);
  return compareText(left as string, right as string);
}
