import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';
import { findInputs } from '../structure/operation-inputs.ts';
import { createOwners } from '../structure/owners.ts';

export const dynamicReferenceUnknown: Rule = {
  code: 'dynamic-reference-unknown',
  ecosystemNames: ['OperationParameterNameNotFound'],
  group: 'technical',
  severity: 'warning',
  title: 'What a dynamic extension takes a value from is a parameter of the same operation.',
  why: 'There is nothing to take it from, so the operation is never called.',
  bad: '"parameters": { "shelf": { "parameter": "shelfNumber" } }, and the operation has no shelfNumber',
  good: '"parameters": { "shelf": { "parameter": "shelf" } }',
  check(subject, report) {
    const ownersOf = subject.derive(createOwners);
    for (const call of subject.derive(dynamicCalls)) {
      const owners = ownersOf(call.holder);
      for (const { value, pointer } of owners.length === 0 ? [] : call.arguments) {
        if (value.kind !== 'reference') continue;
        const isFound = owners.some((owner) => findInputs(subject, owner, value.path)?.length !== 0);
        if (isFound) continue;
        const [first] = owners;
        const meant = (): string | undefined => nearestName(value.path, first?.parameters.map((one) => one.name) ?? []);
        report(
          pointer,
          `${capital(nameOf(call.holder))} takes a value from ${value.path}, which ${first?.title} does not have.`,
          { suggestion: () => (meant() === undefined ? undefined : `Did you mean "${meant()}"?`) },
        );
      }
    }
  },
};
