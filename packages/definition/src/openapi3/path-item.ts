import type { JsonObject } from '../model.ts';
import { escapePointer } from '../source/pointer.ts';
import { isObject, member, type Reading } from '../source/reading.ts';
import { follow, type Target } from '../source/references.ts';

/** OpenAPI 3.2, Path Item Object; earlier versions have all but `query`. */
const methods: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
]);

export type PathOperation = { readonly method: string; readonly value: JsonObject; readonly pointer: string };

/** A path item: what stands in it and, below that, in what its `$ref` leads to. */
export type PathItem = {
  readonly layers: readonly Target[];
  readonly operations: readonly PathOperation[];
};

/** Opens a path item. One without a `$ref` is a single layer; members beside a `$ref` win over what it leads to. */
export function openPathItem(reading: Reading, value: JsonObject, pointer: string): PathItem {
  const own = { value, pointer };
  const target = member(value, '$ref') === undefined ? undefined : follow(reading, value, pointer);
  const layers = target === undefined ? [own] : [own, target];
  const byMethod = new Map<string, PathOperation>();
  for (const operation of layers.flatMap(operationsOf)) {
    if (!byMethod.has(operation.method)) byMethod.set(operation.method, operation);
  }
  return { layers, operations: [...byMethod.values()] };
}

/** The layer that has a member, else the path item itself. */
export function layerWith(item: PathItem, name: string): Target {
  const [first] = item.layers;
  return item.layers.find((layer) => member(layer.value, name) !== undefined) ?? first ?? { value: {}, pointer: '' };
}

function operationsOf({ value, pointer }: Target): readonly PathOperation[] {
  const found: PathOperation[] = [];
  for (const [name, operation] of Object.entries(value)) {
    if (methods.has(name.toLowerCase()) && isObject(operation)) {
      found.push({ method: name.toLowerCase(), value: operation, pointer: `${pointer}/${name}` });
    }
  }
  const additional = member(value, 'additionalOperations');
  for (const [name, operation] of isObject(additional) ? Object.entries(additional) : []) {
    // A method is a token (RFC 9110 §5.6.2).
    if (!isObject(operation) || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) continue;
    const at = `${pointer}/additionalOperations/${escapePointer(name)}`;
    found.push({ method: name.toLowerCase(), value: operation, pointer: at });
  }
  return found;
}
