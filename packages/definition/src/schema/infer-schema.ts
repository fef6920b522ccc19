import type { JsonObject, JsonValue, SchemaModel } from '../model.ts';
import { isObject } from '../source/reading.ts';
import { formatOfAll } from './text-format.ts';

/** Samples nest a dozen levels; what is deeper is any value. */
const maxDepth = 40;
/** Values looked at for one schema: what more samples say is not asked. */
const maxValues = 50_000;
const maxItems = 200;
/** From this many members on, an object whose members are all named by identifiers is a map. */
const minMapMembers = 2;

/** `in-all`: a member that every sample has is required; `none`: no member is, as a single sample tells nothing of it. */
export type InferredMembers = 'in-all' | 'none';

/** What is left to look at, over one whole inference. */
type Budget = { values: number };

/**
 * The schema of some sample values, as narrow as they all agree on: integers, unless one has a fraction; a format, if every text has
 * it; `nullable`, if one is null; the union of the members of objects and of the items of arrays; `anyOf`, where samples differ in
 * kind; a map, where members are named by numbers or UUIDs. Members are titled by their names. No samples: any value. Bounded
 * in depth and in values looked at.
 */
export function inferSchema(samples: readonly JsonValue[], members: InferredMembers = 'none'): SchemaModel {
  return infer(samples, members, 0, { values: maxValues });
}

function infer(samples: readonly JsonValue[], members: InferredMembers, depth: number, budget: Budget): SchemaModel {
  budget.values -= samples.length;
  const values = samples.filter((value) => value !== null);
  const nullable = values.length < samples.length && { nullable: true };
  if (values.length === 0 || depth > maxDepth || budget.values < 0) return { kind: 'any', ...nullable };
  const schemas = inferKinds(values, members, depth, budget);
  const [only] = schemas;
  if (only !== undefined && schemas.length === 1) return { ...only, ...nullable };
  return { kind: 'anyOf', members: schemas, ...nullable };
}

/** A schema for each kind of value that occurs, in the order of their first occurrence. */
function inferKinds(
  values: readonly JsonValue[],
  members: InferredMembers,
  depth: number,
  budget: Budget,
): readonly SchemaModel[] {
  const byKind = new Map<string, JsonValue[]>();
  for (const value of values) {
    const kind = Array.isArray(value) ? 'array' : typeof value;
    const same = byKind.get(kind);
    if (same === undefined) byKind.set(kind, [value]);
    else same.push(value);
  }
  return [...byKind].map(([kind, same]): SchemaModel => {
    switch (kind) {
      case 'boolean':
        return { kind };
      case 'number':
        return { kind: same.every(Number.isInteger) ? 'integer' : 'number' };
      case 'string':
        return inferText(same.filter((value) => typeof value === 'string'));
      case 'array':
        return inferArray(same, members, depth, budget);
      default:
        return inferObject(same.filter(isObject), members, depth, budget);
    }
  });
}

function inferText(texts: readonly string[]): SchemaModel {
  const format = formatOfAll(texts);
  return { kind: 'string', ...(format !== undefined && { format }) };
}

function inferArray(
  values: readonly JsonValue[],
  members: InferredMembers,
  depth: number,
  budget: Budget,
): SchemaModel {
  const items = values.flatMap((value) => (Array.isArray(value) ? (value as readonly JsonValue[]) : []));
  return { kind: 'array', items: infer(items.slice(0, maxItems), members, depth + 1, budget) };
}

function inferObject(
  values: readonly JsonObject[],
  members: InferredMembers,
  depth: number,
  budget: Budget,
): SchemaModel {
  const byName = new Map<string, JsonValue[]>();
  for (const value of values) {
    for (const [name, item] of Object.entries(value)) {
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [item]);
      else same.push(item);
    }
  }
  if (isMap([...byName.keys()])) {
    const every = [...byName.values()].flat().slice(0, maxItems);
    const additionalProperties = infer(every, members, depth + 1, budget);
    return { kind: 'object', properties: new Map(), required: [], additionalProperties };
  }
  const properties = [...byName].map(([name, same]): [string, SchemaModel] => [
    name,
    { ...infer(same, members, depth + 1, budget), title: name },
  ]);
  const required = [...byName].filter(([, same]) => members === 'in-all' && same.length === values.length);
  return {
    kind: 'object',
    properties: new Map(properties),
    required: required.map(([name]) => name),
    additionalProperties: true,
  };
}

const identifier = /^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i;

function isMap(names: readonly string[]): boolean {
  return names.length >= minMapMembers && names.every((name) => identifier.test(name));
}
