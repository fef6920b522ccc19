import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const operationSummaryCharacters: Rule = {
  code: 'operation-summary-characters',
  ecosystemNames: ['ValueMustEndWithAlphanumeric'],
  group: 'certification',
  severity: 'error',
  title: 'The summary of an operation is made of letters, digits and parentheses.',
  why: 'It is a name, not a sentence: no slash, and nothing but a letter, a digit or a parenthesis at the end.',
  bad: '"summary": "List/get loans."',
  good: '"summary": "List loans"',
  check(subject, report) {
    for (const operation of subject.operations) {
      const summary = textOf(operation.value, 'summary');
      if (summary.trim() === '' || operation.isInternal) continue;
      const fixed = summary.trim().replace(/[^\p{L}\p{N})]+$/u, '');
      if (summary.includes('/'))
        report(`${operation.pointer}/summary`, `${operation.title}: the summary contains a slash.`);
      else if (fixed !== summary && fixed !== '') {
        report(
          `${operation.pointer}/summary`,
          `${operation.title}: the summary does not end with a letter or a digit.`,
          {
            suggestion: `Write "${fixed}".`,
          },
        );
      }
    }
  },
};
