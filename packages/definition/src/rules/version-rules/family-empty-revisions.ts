import type { Rule } from '../rule.ts';
import { familiesOf } from '../structure/families.ts';

export const familyEmptyRevisions: Rule = {
  code: 'family-empty-revisions',
  ecosystemNames: ['OperationFamilyHasManyEmptyRevisions'],
  group: 'technical',
  severity: 'warning',
  title: 'At most one operation of a family has no revision.',
  why: 'Both count as the first revision, so it is not plain which one is newer.',
  bad: 'Two operations with "x-ms-api-annotation": { "family": "ListLoans" }',
  good: 'One with "revision": 1 and one with "revision": 2',
  check(subject, report) {
    for (const family of subject.derive(familiesOf).values()) {
      const without = family.filter((one) => one.revision === undefined);
      for (const one of without.length > 1 ? without.slice(1) : []) {
        report(
          one.pointer,
          `${one.operation.title}: ${without.length} operations of the family ${one.family} have no revision.`,
        );
      }
    }
  },
};
