import { escapePointer } from '../../source/pointer.ts';
import { isObject, member } from '../../source/reading.ts';
import type { Subject } from '../subject.ts';
import { listOf, memberPlace, type Place } from './resolve.ts';

/** More schemas than this are not put together for one question; a description made for it would never end. */
const maxParts = 100;

type Known = {
  readonly parts: Map<string, readonly Place[]>;
  readonly properties: Map<string, ReadonlyMap<string, Place>>;
};

/** What was put together before, by the schema's pointer. */
function createKnown(_: Subject): Known {
  return { parts: new Map(), properties: new Map() };
}

/** The properties of a schema by name: its own and those of what it combines (`allOf`, `oneOf`, `anyOf`), behind references. */
export function propertiesOf(subject: Subject, schema: Place): ReadonlyMap<string, Place> {
  const { properties: known } = subject.derive(createKnown);
  const before = known.get(schema.pointer);
  if (before !== undefined) return before;
  const found = new Map<string, Place>();
  known.set(schema.pointer, found);
  for (const part of partsOf(subject, schema)) {
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
export function propertyAt(subject: Subject, schema: Place, path: readonly string[]): Place | undefined {
  let place: Place | undefined = schema;
  for (const name of path) {
    if (place === undefined) return undefined;
    place = propertiesOf(subject, place).get(name);
  }
  return place && subject.resolve(place);
}

/** Whether it cannot be told from the description what a schema holds: it is dynamic, empty or open. */
export function isDynamic(subject: Subject, schema: Place): boolean {
  return partsOf(subject, schema).some(({ value }) => {
    const isOpen = isObject(member(value, 'additionalProperties')) || member(value, 'additionalProperties') === true;
    return isOpen || 'x-ms-dynamic-schema' in value || 'x-ms-dynamic-properties' in value;
  });
}

/** A schema with everything that it combines, behind references, each once. */
export function partsOf(subject: Subject, schema: Place): readonly Place[] {
  const { parts: known } = subject.derive(createKnown);
  const before = known.get(schema.pointer);
  if (before !== undefined) return before;
  const found: Place[] = [];
  known.set(schema.pointer, found);
  const pending = [schema];
  const visited = new Set<string>();
  for (let next = pending.shift(); next !== undefined && found.length < maxParts; next = pending.shift()) {
    const place = subject.resolve(next);
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
