import type { ConnectorModel } from '../model.ts';

/** Members that say where something stood in its document, which is not part of what it is. */
const places: ReadonlySet<string> = new Set(['pointer']);

/**
 * Where two models first differ, as a path of member names, or undefined when they are the same: all but the pointers into their
 * documents, with lists and maps in the same order.
 */
export function modelDifference(left: ConnectorModel, right: ConnectorModel): string | undefined {
  return differenceOf(withoutPlaces(left), withoutPlaces(right), '');
}

/** The model's own pointers stand on its parts; whatever a description says under that name does not. */
function withoutPlaces(model: ConnectorModel): unknown {
  const bare = <Part extends object>(part: Part): unknown =>
    Object.fromEntries(Object.entries(part).filter(([name]) => !places.has(name)));
  return {
    ...model,
    operations: model.operations.map(({ parameters, body, ...operation }) => ({
      ...(bare(operation) as object),
      parameters: parameters.map(bare),
      ...(body !== undefined && { body: bare(body) }),
    })),
    webhooks: model.webhooks.map(bare),
  };
}

/** Where two values first differ, below `path`: members of objects may come in any order. */
export function differenceOf(left: unknown, right: unknown, path: string): string | undefined {
  if (Object.is(left, right)) return undefined;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return path;
  const [ours, theirs] = [entriesOf(left), entriesOf(right)];
  if (left instanceof Map !== right instanceof Map || Array.isArray(left) !== Array.isArray(right)) return path;
  const isOrdered = left instanceof Map;
  if (isOrdered && !ours.every(([name], index) => theirs[index]?.[0] === name)) return path;
  const others = new Map(theirs);
  for (const [name, value] of ours) {
    const found = others.has(name) ? differenceOf(value, others.get(name), `${path}/${name}`) : `${path}/${name}`;
    if (found !== undefined) return found;
  }
  const names = new Set(ours.map(([name]) => name));
  const more = theirs.find(([name]) => !names.has(name));
  return more === undefined ? undefined : `${path}/${more[0]}`;
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return value instanceof Map ? [...value] : Object.entries(value);
}
