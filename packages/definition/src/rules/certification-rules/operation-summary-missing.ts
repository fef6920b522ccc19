import type { Rule } from '../rule.ts';
import type { OperationView } from '../structure/operation-view.ts';
import { textOf } from '../structure/resolve.ts';

export const operationSummaryMissing: Rule = {
  code: 'operation-summary-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'certification',
  severity: 'error',
  title: 'Every operation that people see has a summary.',
  why: 'It is the operation’s name in flows.',
  bad: '"operationId": "ListLoans", "description": "Lists the loans of a reader."',
  good: '"operationId": "ListLoans", "summary": "List loans", "description": "Lists the loans of a reader."',
  check(subject, report) {
    for (const operation of subject.operations) {
      if (operation.isInternal || summaryOf(operation) !== '') continue;
      report(operation.pointer, `${operation.title} has no summary.`);
    }
  },
};

function summaryOf({ value }: OperationView): string {
  return (textOf(value, 'summary') || textOf(value, 'x-ms-summary')).trim();
}
