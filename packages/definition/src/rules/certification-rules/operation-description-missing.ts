import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const operationDescriptionMissing: Rule = {
  code: 'operation-description-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'certification',
  severity: 'error',
  title: 'Every operation that people see has a description.',
  why: 'People read what it does before they use it.',
  bad: '"operationId": "ListLoans", "summary": "List loans"',
  good: '"operationId": "ListLoans", "summary": "List loans", "description": "Lists the loans of a reader."',
  check(subject, report) {
    for (const operation of subject.operations) {
      if (operation.isInternal || textOf(operation.value, 'description').trim() !== '') continue;
      report(operation.pointer, `${operation.title} has no description.`);
    }
  },
};
