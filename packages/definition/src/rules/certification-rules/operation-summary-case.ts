import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';
import { isTitleCase } from '../structure/wording.ts';

export const operationSummaryCase: Rule = {
  code: 'operation-summary-case',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The summary of an operation is in sentence case.',
  why: 'All operations in a flow look alike then: a capital at the beginning and in names only.',
  bad: '"summary": "List Loans Of Reader"',
  good: '"summary": "List loans of a reader"',
  check(subject, report) {
    for (const operation of subject.operations) {
      const summary = textOf(operation.value, 'summary').trim();
      if (operation.isInternal || summary === '') continue;
      if (/^\p{Ll}/u.test(summary) || isTitleCase(summary)) {
        report(`${operation.pointer}/summary`, `${operation.title}: the summary "${summary}" is not in sentence case.`);
      }
    }
  },
};
