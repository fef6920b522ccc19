import type { Rule } from '../rule.ts';
import { memberPlace } from '../structure/resolve.ts';

export const responseSchemaPosition: Rule = {
  code: 'response-schema-position',
  ecosystemNames: ['SchemaDefinitionSetIncorrectly'],
  group: 'technical',
  severity: 'info',
  title: 'What an operation answers with is described under 200 or 201.',
  why: 'The ecosystem’s designers offer the fields of the response 200, else 201, else default, and of no other.',
  bad: '"responses": { "202": { "description": "Started.", "schema": { "type": "object" } } }',
  good: '"responses": { "200": { "description": "Done.", "schema": { "type": "object" } } }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const described = operation.responses.filter((one) => one.schema !== undefined);
      if (operation.responses.length < 2 || described.some((one) => /^(200|201|default|2XX)$/i.test(one.status)))
        continue;
      const [first] = described.filter((one) => /^2/.test(one.status));
      if (first === undefined || memberPlace(operation.pathItem, 'x-ms-notification-content') !== undefined) continue;
      report(
        `${operation.pointer}/responses/${first.status}`,
        `${operation.title}: only the response ${first.status} has a schema, which designers do not look at. Describe 200 or 201.`,
      );
    }
  },
};
