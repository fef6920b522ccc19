import type { JsonValue, PathStep, PolicyReference } from '@patchbay/definition';
import { readAt, writeAt } from './property-path.ts';

/** Where a policy reads and writes within a body: below a parent, which may be a collection. */
export type PropertyPlace = {
  readonly parent: PolicyReference | undefined;
  readonly from: readonly PathStep[];
  /** `@body()…` counts from the body, `@item()…` from each element of the parent. */
  readonly to: PolicyReference | undefined;
};

/**
 * Puts something new at a place for what stands at another. A parent that is a collection is changed element by element. Where
 * nothing stands, or `change` answers undefined, nothing is done.
 */
export function changeProperties(
  body: JsonValue,
  { parent, from, to }: PropertyPlace,
  change: (value: JsonValue, element: JsonValue) => JsonValue | undefined,
): JsonValue {
  const parentPath = parent?.path ?? [];
  const holder = readAt(body, parentPath);
  if (holder === undefined) return body;
  const target = to?.path ?? [...parentPath, ...from];
  const isElementwise = Array.isArray(holder) && (from.length > 0 || to?.root === 'item');
  if (isElementwise) {
    const elements = (holder as readonly JsonValue[]).map((element) =>
      changeOne(element, element, from, to?.root === 'item' ? to.path : from, change),
    );
    return writeAt(body, parentPath, elements);
  }
  if (to?.root === 'item') return writeAt(body, parentPath, changeOne(holder, holder, from, to.path, change));
  return changeOne(body, holder, from, target, change);
}

function changeOne(
  root: JsonValue,
  holder: JsonValue,
  from: readonly PathStep[],
  to: readonly PathStep[],
  change: (value: JsonValue, element: JsonValue) => JsonValue | undefined,
): JsonValue {
  const value = readAt(holder, from);
  const next = value === undefined ? undefined : change(value, holder);
  return next === undefined ? root : writeAt(root, to, next);
}
