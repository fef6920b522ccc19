import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const minLengthAboveMaxLength: Rule = {
  code: 'min-length-above-max-length',
  ecosystemNames: ['MinLengthShouldBeLessThanOrEqualToMaxLength'],
  group: 'technical',
  severity: 'warning',
  title: 'The least length is not above the greatest.',
  why: 'No text could ever be right.',
  bad: '"minLength": 80, "maxLength": 8',
  good: '"minLength": 8, "maxLength": 80',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const { minLength, maxLength } = node.value;
      if (typeof minLength !== 'number' || typeof maxLength !== 'number' || minLength <= maxLength) continue;
      report(
        `${node.pointer}/minLength`,
        `${capital(nameOf(node))}: minLength ${minLength} is above maxLength ${maxLength}.`,
      );
    }
  },
};
