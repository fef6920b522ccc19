import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { memberPlace, textOf } from '../structure/resolve.ts';

export const testConnectionUnfit: Rule = {
  code: 'test-connection-unfit',
  ecosystemNames: [],
  group: 'technical',
  severity: 'warning',
  title: 'The operation that tests connections is a GET that requires nothing.',
  why: 'It is called again and again without anybody to fill in what it requires, and must change nothing.',
  bad: '"x-ms-capabilities": { "testConnection": { "operationId": "CreateLoan" } }',
  good: '"x-ms-capabilities": { "testConnection": { "operationId": "GetMyself" } }',
  check(subject, report) {
    const capabilities = memberPlace({ value: subject.root, pointer: '' }, 'x-ms-capabilities');
    const test = capabilities && memberPlace(capabilities, 'testConnection');
    const operation = test && subject.operation(textOf(test.value, 'operationId'));
    if (test === undefined || operation === undefined) return;
    const given = new Set(Object.keys(memberPlace(test, 'parameters')?.value ?? {}));
    const missing = operation.parameters
      .filter((one) => (one.required || one.in === 'path') && !given.has(one.name))
      .filter((one) => member(one.schema.value, 'default') === undefined)
      .map((one) => one.name);
    const pointer = `${test.pointer}/operationId`;
    if (operation.method !== 'get') report(pointer, `${operation.title} tests connections and is no GET.`);
    else if (missing.length > 0)
      report(pointer, `${operation.title} tests connections and requires ${missing.join(' and ')}.`);
  },
};
