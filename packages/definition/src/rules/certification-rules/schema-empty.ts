import type { Rule } from '../rule.ts';
import { isDynamic, propertiesOf } from '../structure/properties-of.ts';
import { typesOf } from '../structure/values.ts';

export const schemaEmpty: Rule = {
  code: 'schema-empty',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'What comes back is described, unless it is dynamic.',
  why: 'People cannot choose anything from an empty description.',
  bad: '"200": { "description": "The loan.", "schema": { "type": "object" } }',
  good: '"200": { "description": "The loan.", "schema": { "type": "object", "properties": { "id": { "type": "string" } } } }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const response = operation.responses.find((one) => /^2/.test(one.status) && one.schema !== undefined);
      const schema = response?.schema && subject.resolve(response.schema);
      if (response === undefined || schema === undefined || operation.isInternal || isDynamic(subject, schema))
        continue;
      const types = typesOf(schema.value);
      const isObjectLike = types.length === 0 || types.includes('object');
      const isCombined = ['allOf', 'oneOf', 'anyOf', 'items'].some((name) => name in schema.value);
      if (!isObjectLike || isCombined || propertiesOf(subject, schema).size > 0) continue;
      report(schema.pointer, `${operation.title}: the answer ${response.status} has a schema without properties.`);
    }
  },
};
