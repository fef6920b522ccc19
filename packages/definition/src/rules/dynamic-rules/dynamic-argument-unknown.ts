import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';
import { findInputs } from '../structure/operation-inputs.ts';

export const dynamicArgumentUnknown: Rule = {
  code: 'dynamic-argument-unknown',
  ecosystemNames: ['OperationParameterNameNotFound'],
  group: 'technical',
  severity: 'warning',
  title: 'What is given to the operation that is called is a parameter of it.',
  why: 'A value for something else is not sent, so the choice is not what it should be.',
  bad: '"x-ms-dynamic-values": { "operationId": "ListBooks", "parameters": { "shelfId": 1 } }, and ListBooks has no shelfId',
  good: '"x-ms-dynamic-values": { "operationId": "ListBooks", "parameters": { "shelf": 1 } }',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      for (const argument of call.target === undefined ? [] : call.arguments) {
        const found = call.target && findInputs(subject, call.target, argument.name);
        if (found === undefined || found.length > 0) continue;
        const meant = (): string | undefined =>
          nearestName(argument.name, call.target?.parameters.map((one) => one.name) ?? []);
        report(
          argument.pointer,
          `${capital(nameOf(call.holder))}: ${call.operationId} has no parameter ${argument.name}.`,
          { suggestion: () => (meant() === undefined ? undefined : `Did you mean "${meant()}"?`) },
        );
      }
    }
  },
};
