import { maximumItems, maximumTextLength } from '../meter.ts';
import { invalidArgument } from './check-arguments.ts';

/** Throws when a text is about to become longer than it may. */
export function checkTextLength(functionName: string, length: number): void {
  if (length > maximumTextLength)
    throw invalidArgument(functionName, `would make a text of more than ${maximumTextLength} characters.`);
}

/** Throws when an array is about to have more items than it may. */
export function checkItemCount(functionName: string, count: number): void {
  if (count > maximumItems)
    throw invalidArgument(functionName, `would make an array of more than ${maximumItems} items.`);
}
