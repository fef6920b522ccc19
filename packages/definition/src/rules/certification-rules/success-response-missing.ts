import type { Rule } from '../rule.ts';

export const successResponseMissing: Rule = {
  code: 'success-response-missing',
  ecosystemNames: ['OperationShouldHaveSuccessfulResponse'],
  group: 'certification',
  severity: 'warning',
  title: 'Every operation declares a good answer (2xx).',
  why: 'Nobody can choose from what it answers otherwise; default alone does not say which answer is good.',
  bad: '"responses": { "default": { "description": "The loans." } }',
  good: '"responses": { "200": { "description": "The loans." } }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const all = operation.responses.map((one) => one.status);
      if (all.length === 0 || all.some((status) => !/^(default|[1345]\d\d|[1345]XX)$/i.test(status))) continue;
      report(`${operation.pointer}/responses`, `${operation.title} declares no good answer (2xx).`);
    }
  },
};
