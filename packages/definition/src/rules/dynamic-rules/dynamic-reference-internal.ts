import { readVisibility } from '../../schema/read-schema.ts';
import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { findInputs, type OperationInput } from '../structure/operation-inputs.ts';
import { createOwners } from '../structure/owners.ts';

export const dynamicReferenceInternal: Rule = {
  code: 'dynamic-reference-internal',
  ecosystemNames: ['SourcePropertyInternal'],
  group: 'technical',
  severity: 'warning',
  title: 'What a dynamic extension takes a value from can be filled in.',
  why: 'Nobody can fill in what is internal, and its default is not passed on: give the value itself.',
  bad: '"parameters": { "version": { "parameter": "version" } }, where version is internal',
  good: '"parameters": { "version": "2" }',
  check(subject, report) {
    const ownersOf = subject.derive(createOwners);
    for (const call of subject.derive(dynamicCalls)) {
      for (const { value, pointer } of call.arguments) {
        if (value.kind !== 'reference') continue;
        const sources = ownersOf(call.holder).flatMap((owner) => findInputs(subject, owner, value.path)?.[0] ?? []);
        const [first] = sources;
        const isInternal = (source: OperationInput): boolean =>
          readVisibility(member(source.schema.value, 'x-ms-visibility')) === 'internal';
        if (first === undefined || !sources.every(isInternal)) continue;
        report(
          pointer,
          `${capital(nameOf(call.holder))} takes a value from ${value.path}, which is internal: nobody can fill it in.`,
        );
      }
    }
  },
};
