import type { JsonObject, JsonValue } from '../../model.ts';
import { decodeFragment, escapePointer, resolvePointer } from '../../source/pointer.ts';
import { isObject, member } from '../../source/reading.ts';
import { hasShape, type ObjectShape, type Shape, type Specification } from './shape.ts';

/** One object of a description, and what it is there. */
export type StructureNode = {
  /** Its name in the specification's table, e.g. `schema`. */
  readonly kind: string;
  readonly shape: ObjectShape;
  readonly value: JsonObject;
  readonly pointer: string;
  /** The names from the parent to here: `properties`, `id`. */
  readonly path: readonly string[];
  readonly parent?: StructureNode;
  /** Present when a `$ref` stands in its place. */
  readonly reference?: string;
};

/** A walked description: every object once, by kind, in document order. */
export type Structure = ReadonlyMap<string, readonly StructureNode[]>;

type Walk = {
  readonly root: JsonValue;
  readonly specification: Specification;
  /** Whether a `$ref` has meaning beside other members of a schema (OpenAPI 3.1). */
  readonly readsBesideReference: boolean;
  readonly found: Map<string, StructureNode[]>;
  readonly elsewhere: Map<string, string>;
};

/** Walks a description along its specification. Parts that stand in another file are walked once, where first referred to. */
export function walkStructure(
  root: JsonObject,
  specification: Specification,
  readsBesideReference: boolean,
): Structure {
  const walk: Walk = { root, specification, readsBesideReference, found: new Map(), elsewhere: new Map() };
  visit(walk, root, { kind: 'object', name: 'root' }, '', [], undefined);
  // A map may grow while it is gone through; what is added is gone through as well.
  for (const [pointer, name] of walk.elsewhere) {
    const target = resolvePointer(root, pointer);
    if (target !== undefined) visit(walk, target, { kind: 'object', name }, pointer, [], undefined);
  }
  return walk.found;
}

function visit(
  walk: Walk,
  value: JsonValue,
  shape: Shape,
  pointer: string,
  path: readonly string[],
  parent: StructureNode | undefined,
): void {
  switch (shape.kind) {
    case 'object':
      if (isObject(value)) visitObject(walk, value, shape.name, pointer, path, parent);
      return;
    case 'list':
      if (!Array.isArray(value) || isLeaf(shape.of)) return;
      for (const [index, item] of value.entries()) {
        visit(walk, item, shape.of, `${pointer}/${index}`, [...path, String(index)], parent);
      }
      return;
    case 'map':
      if (!isObject(value) || isLeaf(shape.of)) return;
      for (const [name, item] of Object.entries(value)) {
        visit(walk, item, shape.of, `${pointer}/${escapePointer(name)}`, [...path, name], parent);
      }
      return;
    case 'either': {
      const chosen = shape.of.find((one) => hasShape(value, one));
      if (chosen !== undefined) visit(walk, value, chosen, pointer, path, parent);
      return;
    }
    default:
  }
}

function isLeaf(shape: Shape): boolean {
  return shape.kind === 'text' || shape.kind === 'any' || shape.kind === 'choice';
}

function visitObject(
  walk: Walk,
  value: JsonObject,
  kind: string,
  pointer: string,
  path: readonly string[],
  parent: StructureNode | undefined,
): void {
  const shape = walk.specification[kind];
  if (shape === undefined) return;
  const stated = shape.isReferable === true ? member(value, '$ref') : undefined;
  const reference = typeof stated === 'string' ? stated : undefined;
  const node: StructureNode = {
    kind,
    shape,
    value,
    pointer,
    path,
    ...(parent !== undefined && { parent }),
    ...(reference !== undefined && { reference }),
  };
  const nodes = walk.found.get(kind);
  if (nodes === undefined) walk.found.set(kind, [node]);
  else nodes.push(node);
  if (reference !== undefined) {
    const target = decodeFragment(reference.slice(1));
    if (reference.startsWith('#/\u0000') && !walk.elsewhere.has(target)) walk.elsewhere.set(target, kind);
    if (!walk.readsBesideReference || kind !== 'schema') return;
  }
  for (const name of Object.keys(value)) {
    const next = shapeOfMember(shape, name);
    const item = value[name];
    if (next !== undefined && item !== undefined) {
      visit(walk, item, next, `${pointer}/${escapePointer(name)}`, [name], node);
    }
  }
}

/** What a member of an object should be; undefined for extensions and for names that are not known. */
export function shapeOfMember(shape: ObjectShape, name: string): Shape | undefined {
  if (Object.hasOwn(shape.members, name)) return shape.members[name];
  return name.startsWith('x-') ? undefined : shape.others;
}
