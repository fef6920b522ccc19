import type { Rule } from '../rule.ts';
import { forEachReference } from '../structure/dynamic-references.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { typesOf } from '../structure/values.ts';

export const dynamicArgumentType: Rule = {
  code: 'dynamic-argument-type',
  ecosystemNames: ['OperationParameterTypeMismatch'],
  group: 'technical',
  severity: 'warning',
  title: 'A value that is taken from a parameter is of the type of the parameter that gets it.',
  why: 'It is sent as it is and refused or misunderstood.',
  bad: '"parameters": { "shelf": { "parameter": "title" } }, where shelf is an integer and title is text',
  good: '"parameters": { "shelf": { "parameter": "shelf" } }',
  check(subject, report) {
    forEachReference(subject, ({ call, argument, target, source }) => {
      const [from, to] = [typesOf(source.schema.value)[0], typesOf(target.schema.value)[0]];
      if (from === undefined || to === undefined || from === to || (from === 'integer' && to === 'number')) return;
      report(
        argument.pointer,
        `${capital(nameOf(call.holder))}: ${target.name} of ${call.operationId} is of type ${to}, and ${source.name}, which it is taken from, of type ${from}.`,
      );
    });
  },
};
