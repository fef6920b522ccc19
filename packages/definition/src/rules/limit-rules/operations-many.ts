import type { Rule } from '../rule.ts';

export const operationsMany: Rule = {
  code: 'operations-many',
  ecosystemNames: ['TotalOperationsCountExceedsMaxAllowed'],
  group: 'technical',
  severity: 'info',
  title: 'A definition has at most 256 operations.',
  why: 'Patchbay has no such limit; the ecosystem’s platform refuses more.',
  bad: 'A definition with 257 operations',
  good: 'Two definitions with 128 and 129',
  check(subject, report) {
    const count = subject.operations.length;
    if (count > 256)
      report('/paths', `The definition has ${count} operations. The ecosystem’s platform takes at most 256.`);
  },
};
