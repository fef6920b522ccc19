import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const multipleOfNotPositive: Rule = {
  code: 'multiple-of-not-positive',
  ecosystemNames: ['MultipleOfMustBeGreaterThanZero'],
  group: 'technical',
  severity: 'warning',
  title: 'multipleOf is above zero.',
  why: 'Nothing is a multiple of zero but zero.',
  bad: '"type": "number", "multipleOf": 0',
  good: '"type": "number", "multipleOf": 0.5',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const value = member(node.value, 'multipleOf');
      if (typeof value !== 'number' || value > 0) continue;
      report(`${node.pointer}/multipleOf`, `${capital(nameOf(node))}: multipleOf is ${value}; it must be above zero.`);
    }
  },
};
