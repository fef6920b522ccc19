import type { Rule } from '../rule.ts';

export const operationIdStyle: Rule = {
  code: 'operation-id-style',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'An operationId is in Pascal case, without hyphens and underscores but those of a revision.',
  why: 'It is a name in flows and in code.',
  bad: '"operationId": "list_loans"',
  good: '"operationId": "ListLoans"',
  check(subject, report) {
    for (const operation of subject.operations) {
      // Characters that do not belong into one are another rule's.
      if (!/^[\w.-]+$/.test(operation.id) || /^\p{Lu}[\p{L}\p{N}]*(_?[vV]\d+)?$/u.test(operation.id)) continue;
      const words = operation.id.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
      const fixed = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
      report(
        `${operation.pointer}/operationId`,
        `The operationId ${operation.id} is not in Pascal case.`,
        fixed === '' || subject.operation(fixed) !== undefined
          ? {}
          : { suggestion: `For example "${fixed}", before anybody uses it.` },
      );
    }
  },
};
