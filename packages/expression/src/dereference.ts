import type { Value } from './contract.ts';
import { ExpressionError } from './errors.ts';
import { isInteger } from './numbers.ts';
import { isArray, isObject, memberInAnyCase, memberOf, plainText, typeName } from './values.ts';

/**
 * Selects a member by name or an item by index. `isSafe` (`?`) makes a missing one and a null base null; it does not make a text or
 * a number selectable. With `isAnyCase` a name is found in another case when no member has it as it is written. A name with slashes that is no member's own is an alias: a path through members, as in `body/value`.
 */
export function dereference(base: Value, key: Value, isSafe: boolean, isAnyCase: boolean, source: string): Value {
  if (base === null) {
    if (isSafe) return null;
    throw selectionError(source, key, base);
  }
  if (isArray(base)) return itemOf(base, key, isSafe, source);
  if (!isObject(base) || typeof key !== 'string') throw selectionError(source, key, base);
  const value = isAnyCase ? memberInAnyCase(base, key) : memberOf(base, key);
  if (value !== undefined) return value;
  const aliased = key.includes('/') ? followAlias(base, key, isAnyCase) : undefined;
  if (aliased !== undefined) return aliased;
  if (isSafe) return null;
  const names = Object.keys(base);
  const available = names.length > 20 ? [...names.slice(0, 20), '…'] : names;
  throw new ExpressionError(
    `The template language expression '${source}' cannot be evaluated because property '${key}' doesn't exist, available properties are '${available.join(', ')}'.`,
    { reason: 'property-missing' },
  );
}

function itemOf(base: readonly Value[], key: Value, isSafe: boolean, source: string): Value {
  if (!isInteger(key)) throw selectionError(source, key, base);
  const index = Number(key);
  const item = index >= 0 ? base[index] : undefined;
  if (item !== undefined) return item;
  if (isSafe) return null;
  throw new ExpressionError(
    `The template language expression '${source}' cannot be evaluated because array index '${index}' is outside bounds (0, ${base.length - 1}) of array.`,
    { reason: 'property-missing' },
  );
}

function followAlias(base: Value, path: string, isAnyCaseFirst: boolean): Value | undefined {
  let value: Value | undefined = base;
  let isAnyCase = isAnyCaseFirst;
  for (const name of path.split('/')) {
    if (value === undefined || value === null) return value;
    if (isArray(value)) value = /^\d+$/.test(name) ? value[Number(name)] : undefined;
    else if (isObject(value)) value = isAnyCase ? memberInAnyCase(value, name) : memberOf(value, name);
    else return undefined;
    isAnyCase = name.toLowerCase() === 'headers';
  }
  return value;
}

function selectionError(source: string, key: Value, base: Value): ExpressionError {
  if (isArray(base)) {
    return new ExpressionError(
      `The template language expression '${source}' cannot be evaluated because property '${plainText(key)}' cannot be selected. Array elements can only be selected using an integer index.`,
      { reason: 'property-selection' },
    );
  }
  return new ExpressionError(
    `The template language expression '${source}' cannot be evaluated because property '${plainText(key)}' cannot be selected. Property selection is not supported on values of type '${typeName(base)}'.`,
    { reason: 'property-selection' },
  );
}
