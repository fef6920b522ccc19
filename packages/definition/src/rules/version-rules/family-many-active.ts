import type { Rule } from '../rule.ts';
import { familiesOf } from '../structure/families.ts';

export const familyManyActive: Rule = {
  code: 'family-many-active',
  ecosystemNames: ['OperationFamilyHasManyActiveOperations'],
  group: 'technical',
  severity: 'warning',
  title: 'At most two operations of a family are not deprecated.',
  why: 'People should see the one to use and, for a while, the one it replaces.',
  bad: 'Revisions 1, 2 and 3 of a family, none of them deprecated',
  good: 'Revisions 1, 2 and 3 of a family, the first one with "deprecated": true',
  check(subject, report) {
    for (const family of subject.derive(familiesOf).values()) {
      const active = family.filter((one) => !one.operation.isDeprecated);
      const [oldest] = active.toSorted((left, right) => (left.revision ?? 1) - (right.revision ?? 1));
      if (active.length <= 2 || oldest === undefined) continue;
      report(
        oldest.pointer,
        `${active.length} operations of the family ${oldest.family} are active; at most two should be. ${oldest.operation.title} is the oldest.`,
      );
    }
  },
};
