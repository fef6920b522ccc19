import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { findInputs } from '../structure/operation-inputs.ts';
import { fitsType, typesOf } from '../structure/values.ts';

export const dynamicArgumentStaticType: Rule = {
  code: 'dynamic-argument-static-type',
  ecosystemNames: ['OperationParameterStaticTypeMismatch'],
  group: 'technical',
  severity: 'warning',
  title: 'A fixed value is of the type of the parameter that gets it.',
  why: 'It is sent as it is and refused or misunderstood.',
  bad: '"parameters": { "shelf": "first" }, where shelf is an integer',
  good: '"parameters": { "shelf": 1 }',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      for (const { name, value, pointer } of call.target === undefined ? [] : call.arguments) {
        if (value.kind !== 'static' || value.value === null || call.target === undefined) continue;
        const [input] = findInputs(subject, call.target, name) ?? [];
        if (input === undefined || fitsType(value.value, input.schema.value)) continue;
        report(
          pointer,
          `${capital(nameOf(call.holder))}: ${name} of ${call.operationId} is of type ${typesOf(input.schema.value).join(' or ')}, and is given ${JSON.stringify(value.value)}.`,
        );
      }
    }
  },
};
