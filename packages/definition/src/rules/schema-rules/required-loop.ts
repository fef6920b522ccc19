import { decodeFragment } from '../../source/pointer.ts';
import { isObject } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { listOf, memberPlace, type Place, textOf } from '../structure/resolve.ts';
import type { Subject } from '../subject.ts';

export const requiredLoop: Rule = {
  code: 'required-loop',
  ecosystemNames: ['RequiredLoopInSchemaNotAllowed'],
  group: 'technical',
  severity: 'warning',
  title: 'No schema requires itself.',
  why: 'A value would have to contain itself without end, so there is none. Optional properties and items may refer back.',
  bad: '"Folder": { "required": ["parent"], "properties": { "parent": { "$ref": "#/definitions/Folder" } } }',
  good: '"Folder": { "properties": { "parent": { "$ref": "#/definitions/Folder" } } }',
  check(subject, report) {
    const edges = requiredEdges(subject);
    for (const pointer of withinLoops(edges)) {
      const name = pointer.slice(pointer.lastIndexOf('/') + 1);
      report(
        pointer,
        `The schema ${name} requires a property that in the end requires ${name} again. Make one of them optional.`,
      );
    }
  },
};

/** From each shared schema to those that a value of it must contain. */
function requiredEdges(subject: Subject): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  for (const node of subject.nodes('schema')) {
    const isShared = node.parent?.kind === 'root' || node.parent?.kind === 'components' || node.parent === undefined;
    if (!isShared) continue;
    const targets = new Set<string>();
    const pending: Place[] = [node];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const reference = textOf(next.value, '$ref');
      if (reference.startsWith('#')) targets.add(decodeFragment(reference.slice(1)));
      else pending.push(...requiredParts(next));
    }
    edges.set(node.pointer, targets);
  }
  return edges;
}

function requiredParts(schema: Place): readonly Place[] {
  const properties = memberPlace(schema, 'properties');
  const required = listOf(schema.value, 'required').flatMap((name) => {
    const property = typeof name === 'string' && properties ? memberPlace(properties, name) : undefined;
    return property ?? [];
  });
  const combined = listOf(schema.value, 'allOf').flatMap((item, index) =>
    isObject(item) ? [{ value: item, pointer: `${schema.pointer}/allOf/${index}` }] : [],
  );
  return [...required, ...combined];
}

/** What is left when everything that leads nowhere, and everything that nothing leads to, is taken away. */
function withinLoops(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const forward = peel(edges);
  const backward = new Map([...forward.keys()].map((pointer) => [pointer, new Set<string>()]));
  for (const [pointer, targets] of forward) for (const target of targets) backward.get(target)?.add(pointer);
  return [...peel(backward).keys()];
}

/** Takes away what has no edges left, again and again. */
function peel(edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, ReadonlySet<string>> {
  const open = new Map(
    [...edges].map(([pointer, targets]) => [pointer, new Set([...targets].filter((one) => edges.has(one)))]),
  );
  const sources = new Map<string, string[]>();
  for (const [pointer, targets] of open) {
    for (const target of targets) {
      const known = sources.get(target);
      if (known === undefined) sources.set(target, [pointer]);
      else known.push(pointer);
    }
  }
  const pending = [...open].filter(([, targets]) => targets.size === 0).map(([pointer]) => pointer);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    open.delete(next);
    for (const source of sources.get(next) ?? []) {
      const targets = open.get(source);
      if (targets?.delete(next) === true && targets.size === 0) pending.push(source);
    }
  }
  return open;
}
