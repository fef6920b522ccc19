import type { Rule } from '../rule.ts';

export const responsesManySchemas: Rule = {
  code: 'responses-many-schemas',
  ecosystemNames: ['OperationHasManyResponsesWithSchema'],
  group: 'certification',
  severity: 'info',
  title: 'Only one answer of an operation has a schema.',
  why: 'Only the fields of the expected answer are offered.',
  bad: '"responses": { "200": { "schema": {} }, "400": { "schema": {} } }',
  good: '"responses": { "200": { "schema": {} }, "400": { "description": "The request is not right." } }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const described = operation.responses.filter((one) => one.schema !== undefined && one.status !== 'default');
      if (described.length < 2) continue;
      const names = described.map((one) => one.status).join(', ');
      report(
        `${operation.pointer}/responses`,
        `${operation.title}: the answers ${names} all have a schema. Describe only the expected one.`,
      );
    }
  },
};
