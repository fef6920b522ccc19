import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';
import type { StructureNode } from '../structure/walk.ts';
import type { Subject } from '../subject.ts';
import { meantExtension } from './extension-name.ts';

export const unknownMember: Rule = {
  code: 'unknown-member',
  ecosystemNames: ['AdditionalPropertyNotAllowed'],
  group: 'technical',
  severity: 'warning',
  title: 'An object has only members that the specification knows.',
  why: 'A member that the specification does not know is ignored, most often because it is misspelt or stands one level too deep.',
  bad: '"parameters": [{ "name": "limit", "in": "query", "type": "integer", "requried": true }]',
  good: '"parameters": [{ "name": "limit", "in": "query", "type": "integer", "required": true }]',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      if (isOpen(subject, node)) continue;
      for (const name of Object.keys(node.value)) {
        if (name.startsWith('x-') || Object.hasOwn(node.shape.members, name) || name === '$ref') continue;
        if (name.includes('\u0000') || meantExtension(name) !== undefined) continue;
        const meant = (): string | undefined =>
          nearestName(
            name,
            Object.keys(node.shape.members).filter((one) => !Object.hasOwn(node.value, one)),
          );
        report(
          `${node.pointer}/${escapePointer(name)}`,
          `${capital(nameOf(node))} has the member "${name}", which the ${node.shape.title} does not know. It is ignored.`,
          { suggestion: () => (meant() === undefined ? undefined : `Did you mean "${meant()}"?`) },
        );
      }
    }
  },
};

/** Maps, references (where what stands beside is another rule's), and schemas of JSON Schema 2020-12, which may say more. */
function isOpen(subject: Subject, node: StructureNode): boolean {
  if (node.shape.others !== undefined || node.reference !== undefined) return true;
  return subject.version === '3.1' && node.kind === 'schema';
}
