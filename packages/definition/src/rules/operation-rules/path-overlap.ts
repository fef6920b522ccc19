import type { Rule } from '../rule.ts';
import type { OperationView } from '../structure/operation-view.ts';

export const pathOverlap: Rule = {
  code: 'path-overlap',
  ecosystemNames: ['PartialDuplicateOperationPath'],
  group: 'certification',
  severity: 'info',
  title: 'No value of a path parameter makes the path look like another one.',
  why: '"/loans/{id}" with the id "open" is the same address as "/loans/open". Patchbay and OpenAPI prefer the path without the parameter; not every gateway does.',
  bad: '"/loans/{id}": { "get": {} }, "/loans/open": { "get": {} }',
  good: '"/loans/{id}": { "get": {} }, "/open-loans": { "get": {} }',
  check(subject, report) {
    const root = createTrie();
    for (const operation of subject.operations) addPath(root, operation);
    for (const operation of subject.operations) {
      const other = findOverlap(root, operation);
      if (other !== undefined) {
        report(operation.pointer, `A value of ${operation.path} can make it the same address as ${other}.`);
      }
    }
  },
};

type Trie = { readonly children: Map<string, Trie>; ends: Map<string, string> };

function createTrie(): Trie {
  return { children: new Map(), ends: new Map() };
}

/** A segment with a parameter anywhere in it counts as one that takes any value. */
function segmentsOf(path: string): readonly string[] {
  return path.split('/').map((segment) => (/\{[^{}]+\}/.test(segment) ? '{}' : segment));
}

function addPath(root: Trie, { path, method }: OperationView): void {
  let node = root;
  for (const segment of segmentsOf(path)) {
    const next = node.children.get(segment) ?? createTrie();
    node.children.set(segment, next);
    node = next;
  }
  node.ends.set(method, path);
}

/** A path of the same method with a fixed segment where this one has a parameter, and no difference else. */
function findOverlap(root: Trie, { path, method }: OperationView): string | undefined {
  const segments = segmentsOf(path);
  if (!segments.includes('{}')) return undefined;
  let budget = 1000;
  const search = (node: Trie, index: number, isOther: boolean): string | undefined => {
    budget -= 1;
    if (budget < 0) return undefined;
    const segment = segments[index];
    if (segment === undefined) return isOther ? node.ends.get(method) : undefined;
    const same = node.children.get(segment);
    const found = same && search(same, index + 1, isOther);
    if (found !== undefined || segment !== '{}') return found;
    for (const [name, child] of node.children) {
      const other = name === '{}' || name === '' ? undefined : search(child, index + 1, true);
      if (other !== undefined) return other;
    }
    return undefined;
  };
  return search(root, 0, false);
}
