import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const boundNegative: Rule = {
  code: 'bound-negative',
  ecosystemNames: [
    'MaxItemsMustBeGreaterThanOrEqualToZero',
    'MaxLengthMustBeGreaterThanOrEqualToZero',
    'MaxPropertiesMustBeGreaterThanOrEqualToZero',
    'MinItemsMustBeGreaterThanOrEqualToZero',
    'MinLengthMustBeGreaterThanOrEqualToZero',
    'MinPropertiesMustBeGreaterThanOrEqualToZero',
  ],
  group: 'technical',
  severity: 'warning',
  title: 'A length or a number of things is a whole number from zero up.',
  why: 'There is no length below zero; tools that check values refuse the description.',
  bad: '"type": "string", "maxLength": -1',
  good: '"type": "string", "maxLength": 80',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      for (const name of ['maxItems', 'maxLength', 'maxProperties', 'minItems', 'minLength', 'minProperties']) {
        const value = member(node.value, name);
        if (typeof value !== 'number' || (value >= 0 && Number.isInteger(value))) continue;
        report(
          `${node.pointer}/${name}`,
          `${capital(nameOf(node))}: ${name} is ${value}, which is not a whole number from zero up.`,
        );
      }
    }
  },
};
