import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { forEachReference } from '../structure/dynamic-references.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const dynamicArgumentOptional: Rule = {
  code: 'dynamic-argument-optional',
  ecosystemNames: ['OperationParameterRequiredMismatch'],
  group: 'technical',
  severity: 'info',
  title: 'What the operation that is called requires is taken from something that is required.',
  why: 'As long as the other one is left empty, the operation is not called and there is nothing to choose.',
  bad: '"parameters": { "shelf": { "parameter": "shelf" } }, where ListBooks requires shelf and the own shelf is optional',
  good: 'the own parameter shelf with "required": true',
  check(subject, report) {
    forEachReference(subject, ({ call, argument, target, source }) => {
      if (!target.required || source.required || member(source.schema.value, 'default') !== undefined) return;
      report(
        argument.pointer,
        `${capital(nameOf(call.holder))}: ${call.operationId} requires ${target.name}, and ${source.name}, which it is taken from, is optional.`,
      );
    });
  },
};
