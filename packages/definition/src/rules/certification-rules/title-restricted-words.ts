import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';
import { restrictedWordIn } from '../structure/wording.ts';

export const titleRestrictedWords: Rule = {
  code: 'title-restricted-words',
  ecosystemNames: ['ValueContainsRestrictedWords'],
  group: 'certification',
  severity: 'warning',
  title: 'The title names neither the platform’s products nor says “API” or “connector”.',
  why: 'Every connector is one, and the product names are not the publisher’s to use.',
  bad: '"title": "Library loans API"',
  good: '"title": "Library loans"',
  check(subject, report) {
    const word = restrictedWordIn(textOf(subject.nodes('info')[0]?.value ?? {}, 'title'), true);
    if (word !== undefined) report('/info/title', `The title contains "${word}", which is not accepted in it.`);
  },
};
