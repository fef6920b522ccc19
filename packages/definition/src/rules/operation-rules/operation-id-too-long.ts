import type { Rule } from '../rule.ts';

export const operationIdTooLong: Rule = {
  code: 'operation-id-too-long',
  ecosystemNames: ['OperationIdTooLong'],
  group: 'technical',
  severity: 'warning',
  title: 'An operationId has at most 80 characters.',
  why: 'The name of an action is made from it, and holds 80.',
  bad: '"operationId": "ListEveryLoanOfEveryReaderOfEveryBranchWithTheTitleOfTheBookAndTheDayItIsDueAgainOrdered"',
  good: '"operationId": "ListLoans"',
  check(subject, report) {
    for (const operation of subject.operations) {
      if (operation.id.length <= 80) continue;
      report(
        `${operation.pointer}/operationId`,
        `The operationId ${operation.id.slice(0, 40)}… has ${operation.id.length} characters; at most 80 are taken.`,
      );
    }
  },
};
