import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const exclusiveMinimumAlone: Rule = {
  code: 'exclusive-minimum-alone',
  ecosystemNames: ['ExclusiveMinimumRequiresMinimum'],
  group: 'technical',
  severity: 'warning',
  title: 'An exclusive minimum comes with a minimum.',
  why: 'In OpenAPI 2.0 and 3.0 it only says whether the minimum itself is allowed.',
  bad: '"type": "number", "exclusiveMinimum": true',
  good: '"type": "number", "minimum": 0, "exclusiveMinimum": true',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      if (typeof node.value['exclusiveMinimum'] !== 'boolean' || member(node.value, 'minimum') !== undefined) continue;
      report(`${node.pointer}/exclusiveMinimum`, `${capital(nameOf(node))} has an exclusiveMinimum and no minimum.`);
    }
  },
};
