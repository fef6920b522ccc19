import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const minimumAboveMaximum: Rule = {
  code: 'minimum-above-maximum',
  ecosystemNames: ['MinimumShouldBeLessThanOrEqualToMaximum'],
  group: 'technical',
  severity: 'warning',
  title: 'The minimum is not above the maximum.',
  why: 'No value could ever be right.',
  bad: '"minimum": 100, "maximum": 1',
  good: '"minimum": 1, "maximum": 100',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const { minimum, maximum } = node.value;
      if (typeof minimum !== 'number' || typeof maximum !== 'number' || minimum <= maximum) continue;
      report(
        `${node.pointer}/minimum`,
        `${capital(nameOf(node))}: the minimum ${minimum} is above the maximum ${maximum}.`,
      );
    }
  },
};
