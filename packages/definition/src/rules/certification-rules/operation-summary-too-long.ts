import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const operationSummaryTooLong: Rule = {
  code: 'operation-summary-too-long',
  ecosystemNames: ['OperationSummaryTooLong'],
  group: 'certification',
  severity: 'error',
  title: 'The summary of an operation has at most 80 characters.',
  why: 'It is the operation’s name in flows, and cut off when longer.',
  bad: '"summary": "List all the loans of a reader of a branch that are due within the next days or were due before"',
  good: '"summary": "List loans"',
  check(subject, report) {
    for (const operation of subject.operations) {
      const { length } = textOf(operation.value, 'summary');
      if (length > 80)
        report(
          `${operation.pointer}/summary`,
          `${operation.title}: the summary has ${length} characters; at most 80 are accepted.`,
        );
    }
  },
};
