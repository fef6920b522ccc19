import type { Rule } from '../rule.ts';
import { labelled } from '../structure/labels.ts';
import { capital } from '../structure/name-of.ts';

export const parameterSummaryMissing: Rule = {
  code: 'parameter-summary-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'certification',
  severity: 'warning',
  title: 'Every parameter that people fill in has a label (x-ms-summary).',
  why: 'The raw name is shown otherwise.',
  bad: '"name": "due_before", "in": "query", "type": "string"',
  good: '"name": "due_before", "in": "query", "type": "string", "x-ms-summary": "Due Before"',
  check(subject, report) {
    for (const one of subject.derive(labelled)) {
      if (!('in' in one.value) || one.label.trim() !== '') continue;
      report(one.pointer, `${capital(one.title)} has no x-ms-summary.`);
    }
  },
};
