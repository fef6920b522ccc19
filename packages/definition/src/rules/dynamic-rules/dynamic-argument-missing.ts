import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const dynamicArgumentMissing: Rule = {
  code: 'dynamic-argument-missing',
  ecosystemNames: ['OperationMissingRequiredProperty'],
  group: 'technical',
  severity: 'warning',
  title: 'The operation that is called gets everything that it requires.',
  why: 'It is refused otherwise, and the choice stays empty.',
  bad: '"x-ms-dynamic-values": { "operationId": "ListBooks", "value-path": "id" }, and ListBooks requires shelf',
  good: '"x-ms-dynamic-values": { "operationId": "ListBooks", "parameters": { "shelf": 1 }, "value-path": "id" }',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      if (call.target === undefined) continue;
      const given = new Set(call.arguments.map((argument) => argument.name));
      const missing = call.target.parameters.filter(
        (one) =>
          (one.required || one.in === 'path') &&
          member(one.schema.value, 'default') === undefined &&
          !given.has(one.name),
      );
      const names = missing.filter((one) => member(one.value, 'default') === undefined).map((one) => one.name);
      if (names.length === 0) continue;
      report(
        call.pointer,
        `${capital(nameOf(call.holder))}: ${call.operationId} requires ${names.join(' and ')}, which it is not given.`,
      );
    }
  },
};
