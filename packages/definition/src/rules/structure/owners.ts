import { decodeFragment } from '../../source/pointer.ts';
import type { Subject } from '../subject.ts';
import type { OperationView } from './operation-view.ts';
import type { StructureNode } from './walk.ts';

/** More shared parts than this are not gone through to find who uses one. */
const maxSteps = 500;
/** More owners than this tell nothing more about what a name may mean. */
const maxOwners = 20;

/** Answers the operations that an object belongs to: those that it stands in, or that refer to the shared part it stands in. */
export function createOwners(subject: Subject): (node: StructureNode) => readonly OperationView[] {
  const byPointer = new Map(subject.operations.map((operation) => [operation.pointer, operation]));
  const byPathItem = new Map<string, OperationView[]>();
  for (const operation of subject.operations) {
    const known = byPathItem.get(operation.pathItem.pointer);
    if (known === undefined) byPathItem.set(operation.pathItem.pointer, [operation]);
    else known.push(operation);
  }
  const referrers = indexReferrers(subject);
  const known = new Map<string, readonly OperationView[]>();
  return (node) => {
    const start = topOf(node);
    const found = known.get(start.pointer);
    if (found !== undefined) return found;
    const owners = new Set<OperationView>();
    const visited = new Set<string>();
    const pending = [start];
    for (
      let next = pending.pop();
      next !== undefined && visited.size < maxSteps && owners.size < maxOwners;
      next = pending.pop()
    ) {
      if (visited.has(next.pointer)) continue;
      visited.add(next.pointer);
      const own = byPointer.get(next.pointer);
      if (own !== undefined) owners.add(own);
      for (const one of byPathItem.get(next.pointer) ?? []) owners.add(one);
      if (own === undefined) for (const one of referrers.get(next.pointer) ?? []) pending.push(topOf(one));
    }
    const all = [...owners];
    known.set(start.pointer, all);
    return all;
  };
}

/** The operation, path item or shared part that an object stands in. */
function topOf(node: StructureNode): StructureNode {
  let top = node;
  while (top.kind !== 'operation' && top.kind !== 'pathItem' && top.parent !== undefined) {
    if (top.parent.kind === 'root' || top.parent.kind === 'components') break;
    top = top.parent;
  }
  return top;
}

function indexReferrers(subject: Subject): ReadonlyMap<string, readonly StructureNode[]> {
  const referrers = new Map<string, StructureNode[]>();
  for (const node of subject.allNodes()) {
    if (node.reference === undefined || !node.reference.startsWith('#')) continue;
    const target = decodeFragment(node.reference.slice(1));
    const known = referrers.get(target);
    if (known === undefined) referrers.set(target, [node]);
    else known.push(node);
  }
  return referrers;
}
