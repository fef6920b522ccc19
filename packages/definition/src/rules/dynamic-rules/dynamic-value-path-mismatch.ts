import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { memberPlace, textOf } from '../structure/resolve.ts';

export const dynamicValuePathMismatch: Rule = {
  code: 'dynamic-value-path-mismatch',
  ecosystemNames: ['DynamicPropertiesItemValuePathMismatch'],
  group: 'technical',
  severity: 'warning',
  title: 'x-ms-dynamic-schema and x-ms-dynamic-properties beside each other take the same schema.',
  why: 'One designer reads the one and one the other; they should show the same fields.',
  bad: '"x-ms-dynamic-schema": { "value-path": "schema" }, "x-ms-dynamic-properties": { "itemValuePath": "fields" }',
  good: '"x-ms-dynamic-schema": { "value-path": "schema" }, "x-ms-dynamic-properties": { "itemValuePath": "schema" }',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      const other = call.kind === 'schema' ? memberPlace(call.holder, 'x-ms-dynamic-properties') : undefined;
      if (other === undefined) continue;
      const path = textOf(call.value, 'value-path');
      const expected = path.replace(/(^|\/)properties$/, '');
      const stated = textOf(other.value, 'itemValuePath');
      if (stated === expected || stated === path) continue;
      report(
        other.pointer,
        `${capital(nameOf(call.holder))}: x-ms-dynamic-schema takes "${path}" and x-ms-dynamic-properties "${stated}".`,
        expected === '' ? {} : { suggestion: `Write "itemValuePath": "${expected}".` },
      );
    }
  },
};
