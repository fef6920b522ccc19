import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { followPath, resultSchema } from '../structure/dynamic-results.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';

export const dynamicResultNoProperty: Rule = {
  code: 'dynamic-result-no-property',
  ecosystemNames: ['InvokedOperationShouldProduceProperty'],
  group: 'technical',
  severity: 'warning',
  title: 'The operation that gives a schema answers with the property that is named.',
  why: 'There are no fields to fill in otherwise.',
  bad: '"x-ms-dynamic-schema": { "operationId": "GetSchema", "value-path": "shema" }',
  good: '"x-ms-dynamic-schema": { "operationId": "GetSchema", "value-path": "schema" }',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      const isShape = call.kind === 'schema' || call.kind === 'properties';
      const schema = isShape && call.target !== undefined ? resultSchema(subject, call.target) : undefined;
      if (schema === undefined) continue;
      const name = call.kind === 'schema' ? 'value-path' : 'itemValuePath';
      const path = textOf(call.value, name);
      if (followPath(subject, schema, path) !== 'none') continue;
      report(
        `${call.pointer}/${name}`,
        `${capital(nameOf(call.holder))}: the answer of ${call.operationId} has no "${path}".`,
      );
    }
  },
};
