import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

/** Labels, which are read beside a reference although the specification says they are not. */
const labels = new Set(['description', 'title', 'default', 'example', 'readOnly', 'summary']);

export const memberBesideReference: Rule = {
  code: 'member-beside-reference',
  ecosystemNames: ['AdditionalPropertyNotAllowedAdjacentToRef'],
  group: 'technical',
  severity: 'warning',
  title: 'Nothing that shapes a value stands beside a $ref.',
  why: 'What stands beside a $ref is ignored (OpenAPI 2.0 and 3.0, Reference Object); only labels and extensions are kept by Patchbay. A type or a property given there is lost.',
  bad: '"address": { "$ref": "#/definitions/Address", "required": ["city"] }',
  good: '"address": { "allOf": [{ "$ref": "#/definitions/Address" }, { "type": "object", "required": ["city"] }] }',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      if (node.reference === undefined || (subject.version === '3.1' && node.kind === 'schema')) continue;
      for (const name of Object.keys(node.value)) {
        if (name === '$ref' || name.startsWith('x-') || labels.has(name)) continue;
        report(
          `${node.pointer}/${escapePointer(name)}`,
          `${capital(nameOf(node))} refers to ${node.reference} and has "${name}" beside that, which is ignored.`,
        );
      }
    }
  },
};
