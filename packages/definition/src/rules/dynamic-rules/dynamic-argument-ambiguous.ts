import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { findInputs } from '../structure/operation-inputs.ts';

export const dynamicArgumentAmbiguous: Rule = {
  code: 'dynamic-argument-ambiguous',
  ecosystemNames: ['OperationParameterNameIsAmbiguous'],
  group: 'technical',
  severity: 'warning',
  title: 'A name that is given a value means one parameter of the operation that is called.',
  why: 'It is not plain which of the two gets the value.',
  bad: '"x-ms-dynamic-values": { "parameters": { "id": 1 } }, and the operation has an id in the path and one in the query',
  good: '"x-ms-dynamic-list": { "parameters": { "body/id": { "value": 1 } } }',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      for (const argument of call.target === undefined ? [] : call.arguments) {
        const found = call.target === undefined ? [] : (findInputs(subject, call.target, argument.name) ?? []);
        if (found.length < 2) continue;
        report(
          argument.pointer,
          `${capital(nameOf(call.holder))}: ${call.operationId} takes ${found.length} values called ${argument.name}.`,
        );
      }
    }
  },
};
