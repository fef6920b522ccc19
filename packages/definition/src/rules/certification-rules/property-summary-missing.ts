import type { Rule } from '../rule.ts';
import { labelled } from '../structure/labels.ts';
import { capital } from '../structure/name-of.ts';

export const propertySummaryMissing: Rule = {
  code: 'property-summary-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'certification',
  severity: 'info',
  title: 'Every property that people fill in has a label (x-ms-summary).',
  why: 'The raw name is shown otherwise.',
  bad: '"due_before": { "type": "string" }',
  good: '"due_before": { "type": "string", "x-ms-summary": "Due Before" }',
  check(subject, report) {
    for (const one of subject.derive(labelled)) {
      if ('in' in one.value || one.label.trim() !== '') continue;
      report(one.pointer, `${capital(one.title)} has no x-ms-summary.`);
    }
  },
};
