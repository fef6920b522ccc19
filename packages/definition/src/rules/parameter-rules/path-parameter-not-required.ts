import { isTrue, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const pathParameterNotRequired: Rule = {
  code: 'path-parameter-not-required',
  ecosystemNames: ['PathParameterMustBeRequired'],
  group: 'technical',
  severity: 'warning',
  title: 'A path parameter is required.',
  why: 'There is no address without it. It is read as required.',
  bad: '"name": "id", "in": "path", "type": "string"',
  good: '"name": "id", "in": "path", "required": true, "type": "string"',
  check(subject, report) {
    for (const node of subject.nodes('parameter')) {
      if (node.value['in'] !== 'path' || isTrue(member(node.value, 'required'))) continue;
      report(node.pointer, `${capital(nameOf(node))} is in the path and not required. It was read as required.`, {
        suggestion: 'Add "required": true.',
      });
    }
  },
};
