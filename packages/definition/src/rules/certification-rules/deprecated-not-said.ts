import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const deprecatedNotSaid: Rule = {
  code: 'deprecated-not-said',
  ecosystemNames: [],
  group: 'certification',
  severity: 'warning',
  title: 'The summary and the description of a deprecated operation say “(deprecated)”.',
  why: 'People who see it in a flow know then that it is going away.',
  bad: '"deprecated": true, "summary": "List loans"',
  good: '"deprecated": true, "summary": "List loans (deprecated)"',
  check(subject, report) {
    for (const operation of subject.operations) {
      if (!operation.isDeprecated || operation.isInternal) continue;
      const missing = ['summary', 'description'].filter((name) => !/deprecated/i.test(textOf(operation.value, name)));
      if (missing.length === 0) continue;
      report(
        operation.pointer,
        `${operation.title} is deprecated, and its ${missing.join(' and its ')} do not say so.`,
      );
    }
  },
};
