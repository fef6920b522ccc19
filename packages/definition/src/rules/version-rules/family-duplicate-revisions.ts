import type { Rule } from '../rule.ts';
import { familiesOf } from '../structure/families.ts';

export const familyDuplicateRevisions: Rule = {
  code: 'family-duplicate-revisions',
  ecosystemNames: ['OperationFamilyHasDuplicateRevisions'],
  group: 'technical',
  severity: 'warning',
  title: 'Each operation of a family has a revision of its own.',
  why: 'It is not plain which of the two is newer.',
  bad: 'Two operations with "x-ms-api-annotation": { "family": "ListLoans", "revision": 2 }',
  good: 'One with "revision": 2 and one with "revision": 3',
  check(subject, report) {
    for (const family of subject.derive(familiesOf).values()) {
      const seen = new Map<number, string>();
      for (const one of family) {
        if (one.revision === undefined) continue;
        const first = seen.get(one.revision);
        if (first === undefined) seen.set(one.revision, one.operation.title);
        else
          report(
            one.pointer,
            `${one.operation.title} and ${first} are both revision ${one.revision} of the family ${one.family}.`,
          );
      }
    }
  },
};
