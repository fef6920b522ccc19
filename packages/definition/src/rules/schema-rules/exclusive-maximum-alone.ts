import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const exclusiveMaximumAlone: Rule = {
  code: 'exclusive-maximum-alone',
  ecosystemNames: ['ExclusiveMaximumRequiresMaximum'],
  group: 'technical',
  severity: 'warning',
  title: 'An exclusive maximum comes with a maximum.',
  why: 'In OpenAPI 2.0 and 3.0 it only says whether the maximum itself is allowed.',
  bad: '"type": "number", "exclusiveMaximum": true',
  good: '"type": "number", "maximum": 100, "exclusiveMaximum": true',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      if (typeof node.value['exclusiveMaximum'] !== 'boolean' || member(node.value, 'maximum') !== undefined) continue;
      report(`${node.pointer}/exclusiveMaximum`, `${capital(nameOf(node))} has an exclusiveMaximum and no maximum.`);
    }
  },
};
