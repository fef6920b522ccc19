import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf } from '../structure/resolve.ts';
import { fitsType } from '../structure/values.ts';

export const defaultNotInEnum: Rule = {
  code: 'default-not-in-enum',
  ecosystemNames: ['JsonValueNotInEnum'],
  group: 'technical',
  severity: 'warning',
  title: 'A default is one of the values to choose from.',
  why: 'It is filled in for a person although it cannot be chosen, and the API may refuse it.',
  bad: '"enum": ["open", "closed"], "default": "all"',
  good: '"enum": ["open", "closed"], "default": "open"',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const value = member(node.value, 'default');
      const choices = listOf(node.value, 'enum');
      if (value === undefined || value === null || choices.length === 0 || typeof value === 'object') continue;
      // Values of another type are another rule's.
      if (!choices.every((choice) => fitsType(choice, node.value))) continue;
      if (choices.includes(value) || !fitsType(value, node.value)) continue;
      report(
        `${node.pointer}/default`,
        `${capital(nameOf(node))}: the default ${JSON.stringify(value)} is none of the values of its enum.`,
      );
    }
  },
};
