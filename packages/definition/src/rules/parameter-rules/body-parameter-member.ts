import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const bodyParameterMember: Rule = {
  code: 'body-parameter-member',
  ecosystemNames: ['BodyParameterPropertyNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'A body parameter says what it is in its schema, not beside it.',
  why: 'Beside the schema it has no effect.',
  bad: '"name": "body", "in": "body", "type": "object", "schema": { "type": "object" }',
  good: '"name": "body", "in": "body", "schema": { "type": "object" }',
  check(subject, report) {
    const allowed = new Set(['name', 'in', 'description', 'required', 'schema']);
    for (const node of subject.nodes('parameter')) {
      if (node.value['in'] !== 'body') continue;
      for (const name of Object.keys(node.value)) {
        if (allowed.has(name) || name.startsWith('x-') || !Object.hasOwn(node.shape.members, name)) continue;
        report(
          `${node.pointer}/${escapePointer(name)}`,
          `${capital(nameOf(node))} is the body and has "${name}", which belongs into its schema.`,
        );
      }
    }
  },
};
