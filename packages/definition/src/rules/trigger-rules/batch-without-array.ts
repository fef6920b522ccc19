import type { Rule } from '../rule.ts';
import { isNoArray, resultSchema } from '../structure/dynamic-results.ts';
import { propertiesOf } from '../structure/properties-of.ts';
import { memberPlace, textOf } from '../structure/resolve.ts';

export const batchWithoutArray: Rule = {
  code: 'batch-without-array',
  ecosystemNames: [],
  group: 'technical',
  severity: 'warning',
  title: 'A trigger with x-ms-trigger batch answers with an array.',
  why: 'A batch is split into its entries, one run for each; without an array there is nothing to split.',
  bad: '"x-ms-trigger": "batch", "responses": { "200": { "schema": { "type": "string" } } }',
  good: '"x-ms-trigger": "batch", "responses": { "200": { "schema": { "type": "array", "items": { "type": "string" } } } }',
  check(subject, report) {
    for (const operation of subject.operations) {
      if (textOf(operation.value, 'x-ms-trigger').toLowerCase() !== 'batch') continue;
      const content = memberPlace(operation.pathItem, 'x-ms-notification-content');
      const stated = content && memberPlace(content, 'schema');
      const schema = stated === undefined ? resultSchema(subject, operation) : subject.resolve(stated);
      if (schema === undefined || !isNoArray(subject, schema)) continue;
      const inner = [...propertiesOf(subject, schema).values()].flatMap((one) => subject.resolve(one) ?? []);
      if (inner.some((one) => !isNoArray(subject, one))) continue;
      report(
        `${operation.pointer}/x-ms-trigger`,
        `${operation.title} is a batch trigger, and what it answers with holds no array.`,
      );
    }
  },
};
