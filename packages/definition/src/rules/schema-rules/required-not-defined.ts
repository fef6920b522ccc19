import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';
import { isDynamic, propertiesOf } from '../structure/properties-of.ts';
import { listOf, memberPlace } from '../structure/resolve.ts';
import { typesOf } from '../structure/values.ts';
import type { StructureNode } from '../structure/walk.ts';
import type { Subject } from '../subject.ts';

export const requiredNotDefined: Rule = {
  code: 'required-not-defined',
  ecosystemNames: ['RequiredPropertyDefinitionMissing'],
  group: 'technical',
  severity: 'warning',
  title: 'A required property is defined.',
  why: 'Nobody is asked for a property that is not described, so what is sent is refused.',
  bad: '"required": ["title"], "properties": { "titel": { "type": "string" } }',
  good: '"required": ["title"], "properties": { "title": { "type": "string" } }',
  check(subject, report) {
    for (const node of subject.nodes('schema')) {
      const names = listOf(node.value, 'required');
      const own = memberPlace(node, 'properties')?.value ?? {};
      const isOwn = names.every((name) => typeof name !== 'string' || Object.hasOwn(own, name));
      if (isOwn || node.reference !== undefined || isDynamic(subject, node)) continue;
      const types = typesOf(node.value);
      if (types.length > 0 && !types.includes('object')) continue;
      const known = knownNames(subject, node);
      for (const [index, name] of names.entries()) {
        if (typeof name !== 'string' || name === '' || known.has(name)) continue;
        const meant = (): string | undefined => nearestName(name, known);
        report(
          `${node.pointer}/required/${index}`,
          `${capital(nameOf(node))} requires the property ${name}, which it does not define.`,
          { suggestion: () => (meant() === undefined ? undefined : `Did you mean "${meant()}"?`) },
        );
      }
    }
  },
};

/** The properties of a schema and of what it is combined with. */
function knownNames(subject: Subject, node: StructureNode): ReadonlySet<string> {
  let top: StructureNode = node;
  while (top.parent?.kind === 'schema' && /^(allOf|oneOf|anyOf)$/.test(top.path[0] ?? '')) top = top.parent;
  return new Set([...propertiesOf(subject, node).keys(), ...propertiesOf(subject, top).keys()]);
}
