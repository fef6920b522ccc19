import type { Rule } from '../rule.ts';

export const operationIdCharacters: Rule = {
  code: 'operation-id-characters',
  ecosystemNames: ['OperationIdSanitized'],
  group: 'technical',
  severity: 'warning',
  title: 'An operationId consists of letters, digits, underscores, hyphens and dots.',
  why: 'It is part of addresses, of names in flows and of names in code.',
  bad: '"operationId": "List loans!"',
  good: '"operationId": "ListLoans"',
  check(subject, report) {
    for (const operation of subject.operations) {
      if (/^[\w.-]*$/.test(operation.id)) continue;
      const words = operation.id.split(/[^A-Za-z0-9_]+/).filter((word) => word !== '');
      const fixed = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
      const isFree = fixed !== '' && subject.operation(fixed) === undefined;
      report(
        `${operation.pointer}/operationId`,
        `The operationId "${operation.id}" contains other characters than letters, digits, _, - and dots.`,
        isFree ? { suggestion: `Write "${fixed}".` } : {},
      );
    }
  },
};
