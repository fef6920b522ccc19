import type { Rule } from '../rule.ts';

export const bodyNotAllowed: Rule = {
  code: 'body-not-allowed',
  ecosystemNames: ['BodyOrFormDataParameterInFetchOperationNotAllowed'],
  group: 'technical',
  severity: 'warning',
  title: 'GET and HEAD have no body and no form.',
  why: 'A body has no meaning there (RFC 9110 §9.3.1); many servers ignore or refuse it.',
  bad: '"get": { "parameters": [{ "name": "status", "in": "formData", "type": "string" }] }',
  good: '"get": { "parameters": [{ "name": "status", "in": "query", "type": "string" }] }',
  check(subject, report) {
    for (const operation of subject.operations) {
      if (operation.method !== 'get' && operation.method !== 'head') continue;
      if (operation.body !== undefined || operation.parameters.some((one) => one.in === 'formData')) {
        const method = operation.method.toUpperCase();
        report(
          operation.pointer,
          `${operation.title}: a ${method} request has no body of its own; many servers ignore or refuse it.`,
        );
      }
    }
  },
};
