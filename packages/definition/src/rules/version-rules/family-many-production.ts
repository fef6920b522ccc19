import type { Rule } from '../rule.ts';
import { familiesOf } from '../structure/families.ts';

export const familyManyProduction: Rule = {
  code: 'family-many-production',
  ecosystemNames: ['OperationFamilyHasManyActiveProductionOperations'],
  group: 'technical',
  severity: 'warning',
  title: 'At most one active operation of a family has the status Production.',
  why: 'It is the one that people are to use.',
  bad: 'Two operations of a family with "status": "Production"',
  good: 'The older one with "deprecated": true',
  check(subject, report) {
    for (const family of subject.derive(familiesOf).values()) {
      const active = family.filter((one) => !one.operation.isDeprecated && one.status === 'production');
      const [first, second] = active;
      if (first === undefined || second === undefined) continue;
      report(
        second.pointer,
        `${first.operation.title} and ${second.operation.title} of the family ${first.family} both have the status Production.`,
      );
    }
  },
};
