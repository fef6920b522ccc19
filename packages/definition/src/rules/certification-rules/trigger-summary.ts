import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const triggerSummary: Rule = {
  code: 'trigger-summary',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The summary of a trigger begins with “When”.',
  why: 'Triggers are told from actions by it.',
  bad: '"x-ms-trigger": "single", "summary": "Loan created"',
  good: '"x-ms-trigger": "single", "summary": "When a loan is created"',
  check(subject, report) {
    for (const operation of subject.operations) {
      const summary = textOf(operation.value, 'summary').trim();
      if (!operation.isTrigger || operation.isInternal || summary === '' || /^when\b/i.test(summary)) continue;
      report(
        `${operation.pointer}/summary`,
        `${operation.title} is a trigger; its summary "${summary}" does not begin with "When".`,
      );
    }
  },
};
