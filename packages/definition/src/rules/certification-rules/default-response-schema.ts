import type { Rule } from '../rule.ts';

export const defaultResponseSchema: Rule = {
  code: 'default-response-schema',
  ecosystemNames: ['DefaultResponseHasSchema'],
  group: 'certification',
  severity: 'info',
  title: 'The default answer has no schema.',
  why: 'It stands for whatever is not described; a schema there is taken for that of the expected answer.',
  bad: '"default": { "description": "Something else.", "schema": { "type": "object" } }',
  good: '"default": { "description": "Something else." }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const response = operation.responses.find((one) => one.status === 'default' && one.schema !== undefined);
      if (response === undefined) continue;
      report(`${operation.pointer}/responses/default`, `${operation.title}: the default answer has a schema.`);
    }
  },
};
