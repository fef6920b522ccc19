import type { Rule } from '../rule.ts';
import { mediaTypesOf } from '../structure/media-types.ts';

export const consumesMissing: Rule = {
  code: 'consumes-missing',
  ecosystemNames: ['ConsumesMissing'],
  group: 'certification',
  severity: 'info',
  title: 'An operation that sends a body or a form says in which media type.',
  why: 'It is guessed otherwise: JSON for a body, multipart for a form with files.',
  bad: '"post": { "parameters": [{ "name": "body", "in": "body" }] }, without consumes anywhere',
  good: '"post": { "consumes": ["application/json"], "parameters": [{ "name": "body", "in": "body" }] }',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const operation of subject.operations) {
      const sends = operation.body !== undefined || operation.parameters.some((one) => one.in === 'formData');
      if (
        !sends ||
        operation.method === 'get' ||
        operation.method === 'head' ||
        mediaTypesOf(subject, operation, 'consumes').length > 0
      )
        continue;
      report(operation.pointer, `${operation.title} sends a body, and nothing says in which media type.`, {
        suggestion: 'Add "consumes".',
      });
    }
  },
};
