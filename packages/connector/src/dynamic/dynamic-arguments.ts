import type { JsonValue } from '@patchbay/definition';
import type { ParameterValues } from '../contract.ts';
import { isObject } from '../policies/property-path.ts';
import { atPath } from './answer-path.ts';
import type { DynamicCall } from './dynamic-source.ts';

/** The arguments of a call, or the paths of what a person has to choose before it can be made. */
export type DynamicArguments =
  | { readonly kind: 'ready'; readonly values: ParameterValues }
  | { readonly kind: 'waiting'; readonly missing: readonly string[] };

/** Gathers the arguments of the operation that is asked from what was given to the one it is asked for. */
export function dynamicArguments(call: DynamicCall, given: ParameterValues, selected?: JsonValue): DynamicArguments {
  const values: [string, JsonValue][] = [];
  const missing: string[] = [];
  for (const [name, argument] of call.arguments) {
    if (argument.kind === 'literal') {
      if (argument.value !== null) values.push([name, argument.value]);
      continue;
    }
    const value = argument.kind === 'selected' ? atPath(selected, argument.path) : givenAt(given, argument.path);
    if (value === undefined || value === null || value === '') missing.push(argument.path);
    else values.push([name, value]);
  }
  return missing.length > 0 ? { kind: 'waiting', missing } : { kind: 'ready', values: Object.fromEntries(values) };
}

/** A given value by its parameter's name, its path, or, for a name alone, the only property of that name in a body. */
function givenAt(given: ParameterValues, path: string): JsonValue | undefined {
  if (Object.hasOwn(given, path)) return given[path];
  const [first = '', ...rest] = path.split('/');
  if (rest.length > 0 && Object.hasOwn(given, first)) return atPath(given[first], rest.join('/'));
  if (rest.length > 0) return undefined;
  const flattened = Object.keys(given).find((name) => name.endsWith(`/${path}`));
  if (flattened !== undefined) return given[flattened];
  for (const value of Object.values(given)) {
    if (isObject(value) && Object.hasOwn(value, path)) return value[path];
  }
  return undefined;
}
