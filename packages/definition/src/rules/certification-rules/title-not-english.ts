import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';
import { isEnglish } from '../structure/wording.ts';

export const titleNotEnglish: Rule = {
  code: 'title-not-english',
  ecosystemNames: ['ValueMustBeInEnglish'],
  group: 'certification',
  severity: 'error',
  title: 'The title is in English.',
  why: 'It is shown to everybody.',
  bad: '"title": "図書館"',
  good: '"title": "Library loans"',
  check(subject, report) {
    const title = textOf(subject.nodes('info')[0]?.value ?? {}, 'title');
    if (!isEnglish(title)) report('/info/title', `The title "${title}" is not in English.`);
  },
};
