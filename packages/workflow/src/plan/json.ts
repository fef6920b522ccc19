import type { JsonValue } from '@patchbay/expression';

export type JsonObject = { readonly [key: string]: JsonValue };

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** A member by name, exactly spelt or, as the platform tolerates, in any case. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const lowerName = name.toLowerCase();
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === lowerName);
  return key === undefined ? undefined : value[key];
}

export function textMember(value: JsonValue | undefined, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** The path of members, each by {@link member}. */
export function memberAt(value: JsonValue | undefined, ...names: readonly string[]): JsonValue | undefined {
  return names.reduce<JsonValue | undefined>((found, name) => member(found, name), value);
}

/** The entries of an object; none of anything else. */
export function entriesOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return isObject(value) ? Object.entries(value) : [];
}

/** The comma-separated, case-insensitive list of `operationOptions`. */
export function hasOperationOption(source: JsonValue | undefined, option: string): boolean {
  const options = textMember(source, 'operationOptions') ?? '';
  return options.split(',').some((entry) => entry.trim().toLowerCase() === option.toLowerCase());
}

/** A text as it is, anything else as JSON; safe on every value, which `String` is not. */
export function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A number, or text that is one; `NaN` otherwise. */
export function asNumeric(value: JsonValue | undefined): number {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
}

/** The JSON kind of a value as a reader of JSON names it. */
export function jsonKind(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Whether arrays and objects are nested in more levels than a number; found without recursion. */
export function nestsDeeper(value: JsonValue, levels: number): boolean {
  let level: readonly JsonValue[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null
        ? (Object.values(one) as readonly JsonValue[]).filter((inner) => typeof inner === 'object' && inner !== null)
        : [],
    );
  }
  return false;
}
