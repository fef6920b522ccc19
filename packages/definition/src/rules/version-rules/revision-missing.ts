import type { Rule } from '../rule.ts';
import { familiesOf } from '../structure/families.ts';

export const revisionMissing: Rule = {
  code: 'revision-missing',
  ecosystemNames: ['OperationRevisionEmpty'],
  group: 'technical',
  severity: 'warning',
  title: 'Every operation of a family says its revision.',
  why: 'Without one it counts as the first, and another one may be that.',
  bad: '"x-ms-api-annotation": { "family": "ListLoans" }',
  good: '"x-ms-api-annotation": { "family": "ListLoans", "revision": 2 }',
  check(subject, report) {
    for (const family of subject.derive(familiesOf).values()) {
      const without = family.filter((one) => one.revision === undefined);
      const [only] = without;
      if (family.length < 2 || without.length !== 1 || only === undefined) continue;
      report(
        only.pointer,
        `${only.operation.title} is one of ${family.length} operations of the family ${only.family} and has no revision.`,
      );
    }
  },
};
