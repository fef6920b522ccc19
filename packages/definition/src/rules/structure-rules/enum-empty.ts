import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const enumEmpty: Rule = {
  code: 'enum-empty',
  ecosystemNames: ['EnumMustContainAtLeastOneElement'],
  group: 'technical',
  severity: 'warning',
  title: 'An enum has at least one value.',
  why: 'No value could ever be right. It is read as if there were no enum.',
  bad: '"status": { "type": "string", "enum": [] }',
  good: '"status": { "type": "string", "enum": ["open", "returned"] }',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const values = node.value['enum'];
      if (Array.isArray(values) && values.length === 0) {
        report(`${node.pointer}/enum`, `${capital(nameOf(node))} has an enum without values.`, {
          suggestion: 'Remove the enum, or list the values.',
        });
      }
    }
  },
};
