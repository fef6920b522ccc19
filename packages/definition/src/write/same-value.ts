import { differenceOf } from './model-difference.ts';

/** Whether two values of a model or a document are the same: lists and maps in order, members of objects in any. */
export function sameValue(left: unknown, right: unknown): boolean {
  return differenceOf(left, right, '') === undefined;
}
