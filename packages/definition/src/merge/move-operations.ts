import type { JsonObject, JsonValue } from '../model.ts';
import { isObject, member } from '../source/reading.ts';

/** An operation that stands elsewhere than it did. */
export type MovedOperation = { readonly operationId: string; readonly from: string; readonly to: string };

type Place = { readonly path: string; readonly method: string };

/**
 * Puts the operations of two documents where a third has them by the same id, so that they are compared with it and not with
 * nothing. An operation is left where it is when its new place is taken.
 */
export function moveOperations(base: JsonObject, mine: JsonObject, theirs: JsonObject) {
  const destinations = placesById(theirs);
  const placesInMine = placesById(mine);
  const moved: MovedOperation[] = [];
  let [newBase, newMine] = [base, mine];
  for (const [operationId, from] of placesById(base)) {
    const to = destinations.get(operationId);
    if (to === undefined || isSamePlace(from, to)) continue;
    const inMine = placesInMine.get(operationId);
    if (operationAt(newBase, to) !== undefined || inMine === undefined || !isSamePlace(inMine, from)) continue;
    if (operationAt(newMine, to) !== undefined) continue;
    [newBase, newMine] = [move(newBase, from, to), move(newMine, from, to)];
    moved.push({ operationId, from: shown(from), to: shown(to) });
  }
  return { base: newBase, mine: newMine, moved };
}

function placesById(document: JsonObject): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const [path, item] of Object.entries(pathsOf(document))) {
    if (!isObject(item)) continue;
    for (const [method, operation] of Object.entries(item)) {
      const id = isObject(operation) ? member(operation, 'operationId') : undefined;
      if (typeof id === 'string') places.set(id, { path, method });
    }
  }
  return places;
}

function pathsOf(document: JsonObject): JsonObject {
  const paths = member(document, 'paths');
  return isObject(paths) ? paths : {};
}

function operationAt(document: JsonObject, { path, method }: Place): JsonValue | undefined {
  const item = member(pathsOf(document), path);
  return isObject(item) ? member(item, method) : undefined;
}

function move(document: JsonObject, from: Place, to: Place): JsonObject {
  const paths = pathsOf(document);
  const operation = operationAt(document, from);
  if (operation === undefined) return document;
  const source = withoutMember(asItem(member(paths, from.path)), from.method);
  // What belonged to the whole path goes along when nothing else is left there.
  const isLeft = Object.values(source).some((value) => isObject(value) && member(value, 'responses') !== undefined);
  const target = { ...(isLeft ? {} : source), ...asItem(member(paths, to.path)), [to.method]: operation };
  const kept = isLeft ? { ...paths, [from.path]: source } : withoutMember(paths, from.path);
  return { ...document, paths: { ...kept, [to.path]: target } };
}

function asItem(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function withoutMember(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.path === other.path && one.method === other.method;
}

function shown({ path, method }: Place): string {
  return `${method.toUpperCase()} ${path}`;
}
