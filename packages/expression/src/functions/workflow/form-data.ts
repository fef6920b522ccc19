import type { Value } from '../../contract.ts';
import { isArray, isObject, memberOf } from '../../values.ts';

/** Values of one key of a form, in order. */
export function formValues(body: Value, key: Value | undefined): readonly Value[] {
  const pairs = isObject(body) ? memberOf(body, '$formdata') : undefined;
  if (pairs === undefined || !isArray(pairs)) return [];
  return pairs.flatMap((pair) =>
    isObject(pair) && memberOf(pair, 'key') === key ? [memberOf(pair, 'value') ?? null] : [],
  );
}
