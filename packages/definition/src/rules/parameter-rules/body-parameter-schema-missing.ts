import { isObject, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const bodyParameterSchemaMissing: Rule = {
  code: 'body-parameter-schema-missing',
  ecosystemNames: ['BodyParameterSchemaRequired'],
  group: 'technical',
  severity: 'warning',
  title: 'A body parameter has a schema.',
  why: 'Without one, nobody can fill in the body but as text.',
  bad: '"name": "body", "in": "body", "required": true',
  good: '"name": "body", "in": "body", "required": true, "schema": { "type": "object" }',
  check(subject, report) {
    for (const node of subject.nodes('parameter')) {
      if (node.value['in'] !== 'body' || isObject(member(node.value, 'schema'))) continue;
      report(node.pointer, `${capital(nameOf(node))} is the body and has no schema. Say what the body is made of.`);
    }
  },
};
