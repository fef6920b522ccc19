import type { JsonValue } from '@patchbay/expression';

/** A report cut down to what a case speaks of; `"…"` stands for any value that is there, `{}` for an object without members. */
export function askedPart(actual: JsonValue, expected: JsonValue): JsonValue {
  if (expected === '…') return actual === undefined ? actual : '…';
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item, index) => (index < expected.length ? askedPart(item, expected[index]) : item));
  }
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return actual;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return actual;
  if (Object.keys(expected).length === 0) return actual;
  const object = actual as { readonly [key: string]: JsonValue };
  return Object.fromEntries(
    Object.entries(expected)
      .filter(([key]) => Object.hasOwn(object, key))
      .map(([key, value]) => [key, askedPart(object[key] ?? null, value)]),
  );
}
