import type { JsonObject } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { isObject, member } from '../../source/reading.ts';
import { listOf, memberPlace, type Place, resolvePlace } from './resolve.ts';

/** More schemas than this are not put together for one question; a description made for it would never end. */
const maxParts = 500;

/** The properties of a schema by name: its own and those of what it combines (`allOf`, `oneOf`, `anyOf`), behind references. */
export function propertiesOf(root: JsonObject, schema: Place): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const part of partsOf(root, schema)) {
    const properties = memberPlace(part, 'properties');
    if (properties === undefined) continue;
    for (const name of Object.keys(properties.value)) {
      const property = memberPlace(properties, name, escapePointer(name));
      if (property !== undefined && !found.has(name)) found.set(name, property);
    }
  }
  return found;
}

/** The property that a path of names leads to, behind references; undefined when there is none. */
export function propertyAt(root: JsonObject, schema: Place, path: readonly string[]): Place | undefined {
  let place: Place | undefined = schema;
  for (const name of path) {
    if (place === undefined) return undefined;
    place = propertiesOf(root, place).get(name);
  }
  return place && resolvePlace(root, place);
}

/** Whether it cannot be told from the description what a schema holds: it is dynamic, empty or open. */
export function isDynamic(root: JsonObject, schema: Place): boolean {
  return partsOf(root, schema).some(({ value }) => {
    const isOpen = isObject(member(value, 'additionalProperties')) || member(value, 'additionalProperties') === true;
    return isOpen || 'x-ms-dynamic-schema' in value || 'x-ms-dynamic-properties' in value;
  });
}

/** A schema with everything that it combines, behind references, each once. */
export function partsOf(root: JsonObject, schema: Place): readonly Place[] {
  const found: Place[] = [];
  const pending = [schema];
  const visited = new Set<string>();
  for (let next = pending.shift(); next !== undefined && found.length < maxParts; next = pending.shift()) {
    const place = resolvePlace(root, next);
    if (place === undefined || visited.has(place.pointer)) continue;
    visited.add(place.pointer);
    found.push(place);
    for (const kind of ['allOf', 'oneOf', 'anyOf']) {
      for (const [index, item] of listOf(place.value, kind).entries()) {
        if (isObject(item)) pending.push({ value: item, pointer: `${place.pointer}/${kind}/${index}` });
      }
    }
  }
  return found;
}
