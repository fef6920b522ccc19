import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const parameterSchemaNotAllowed: Rule = {
  code: 'parameter-schema-not-allowed',
  ecosystemNames: ['NonBodyParameterSchemaNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'Only a body parameter has a schema.',
  why: 'In OpenAPI 2.0 every other parameter says its type itself; a schema there is not looked at.',
  bad: '"name": "status", "in": "query", "schema": { "type": "string" }',
  good: '"name": "status", "in": "query", "type": "string"',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const node of subject.nodes('parameter')) {
      if (node.value['in'] === 'body' || member(node.value, 'schema') === undefined) continue;
      report(
        `${node.pointer}/schema`,
        `${capital(nameOf(node))} has a schema. Only a body has one; give the type itself.`,
      );
    }
  },
};
