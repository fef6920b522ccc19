import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const titleTooLong: Rule = {
  code: 'title-too-long',
  ecosystemNames: ['FieldLengthExceeded'],
  group: 'certification',
  severity: 'error',
  title: 'The title has at most 30 characters.',
  why: 'Longer ones are cut off where connectors are listed, and not accepted.',
  bad: '"title": "The loans, readers and branches of all libraries"',
  good: '"title": "Library loans"',
  check(subject, report) {
    const title = textOf(subject.nodes('info')[0]?.value ?? {}, 'title').replace(
      /\s*\(independent publisher\)\s*$/i,
      '',
    );
    if (title.length > 30) report('/info/title', `The title has ${title.length} characters; at most 30 are accepted.`);
  },
};
