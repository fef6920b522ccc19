import type { OperationModel } from '@patchbay/definition';

/** Finds the operation that a method and a path belong to: literal segments before templated ones, without backtracking blow-up. */
export type RouteTable = { readonly find: (method: string, path: string) => OperationModel | undefined };

type Pattern = { readonly prefix: string; readonly suffix: string; readonly node: Node };
type Node = {
  readonly literals: Map<string, Node>;
  readonly patterns: Pattern[];
  readonly operations: Map<string, OperationModel>;
};

export function compileRoutes(operations: readonly OperationModel[]): RouteTable {
  const root = createNode();
  for (const operation of operations) {
    const [path = ''] = operation.path.split('?', 1);
    let node = root;
    for (const segment of path.split('/').slice(1)) node = childFor(node, segment);
    if (!node.operations.has(operation.method)) node.operations.set(operation.method, operation);
  }
  return { find: (method, path) => findFrom(root, method.toLowerCase(), path.split('/'), 1) };
}

function createNode(): Node {
  return { literals: new Map(), patterns: [], operations: new Map() };
}

function childFor(node: Node, segment: string): Node {
  const open = segment.indexOf('{');
  if (open === -1) {
    const known = node.literals.get(segment) ?? createNode();
    node.literals.set(segment, known);
    return known;
  }
  const prefix = segment.slice(0, open);
  const suffix = segment.slice(segment.lastIndexOf('}') + 1);
  const known = node.patterns.find((pattern) => pattern.prefix === prefix && pattern.suffix === suffix);
  if (known !== undefined) return known.node;
  const child = createNode();
  node.patterns.push({ prefix, suffix, node: child });
  // The more a pattern says, the earlier it is tried.
  node.patterns.sort(
    (left, right) => right.prefix.length + right.suffix.length - left.prefix.length - left.suffix.length,
  );
  return child;
}

function findFrom(node: Node, method: string, segments: readonly string[], index: number): OperationModel | undefined {
  if (index === segments.length) return node.operations.get(method);
  const segment = segments[index] ?? '';
  const literal = node.literals.get(segment);
  const found = literal === undefined ? undefined : findFrom(literal, method, segments, index + 1);
  if (found !== undefined) return found;
  for (const { prefix, suffix, node: child } of node.patterns) {
    const isMatch =
      segment.length > prefix.length + suffix.length && segment.startsWith(prefix) && segment.endsWith(suffix);
    const deeper = isMatch ? findFrom(child, method, segments, index + 1) : undefined;
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}
