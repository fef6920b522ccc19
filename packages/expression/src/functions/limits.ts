import type { Value } from '../contract.ts';
import { invalidArgument } from './check-arguments.ts';

/** Longest text that a function makes, as the ecosystem's. */
const maxTextLength = 104_857_600;
const maxItems = 1_000_000;

/** A text within bounds; the length is checked before it is built where it can multiply. */
export function boundedText(functionName: string, length: number, build: () => string): string {
  if (length > maxTextLength)
    throw invalidArgument(functionName, `would make a text of more than ${maxTextLength} characters.`);
  return build();
}

export function boundedItems(functionName: string, items: readonly Value[]): readonly Value[] {
  if (items.length > maxItems)
    throw invalidArgument(functionName, `would make an array of more than ${maxItems} items.`);
  return items;
}
