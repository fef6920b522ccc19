import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const dynamicOnBodyParameter: Rule = {
  code: 'dynamic-on-body-parameter',
  ecosystemNames: ['DynamicExtensionDefinitionNotAllowedInParameter'],
  group: 'technical',
  severity: 'warning',
  title: 'A dynamic extension of a body stands in its schema.',
  why: 'On the body parameter itself nothing looks for it.',
  bad: '"in": "body", "schema": { "type": "object" }, "x-ms-dynamic-schema": { "operationId": "GetSchema" }',
  good: '"in": "body", "schema": { "type": "object", "x-ms-dynamic-schema": { "operationId": "GetSchema" } }',
  check(subject, report) {
    for (const node of subject.nodes('parameter')) {
      if (node.value['in'] !== 'body') continue;
      for (const name of Object.keys(node.value)) {
        if (!name.startsWith('x-ms-dynamic-')) continue;
        report(
          `${node.pointer}/${escapePointer(name)}`,
          `${capital(nameOf(node))} is the body and has ${name}. Put it into the schema.`,
        );
      }
    }
  },
};
