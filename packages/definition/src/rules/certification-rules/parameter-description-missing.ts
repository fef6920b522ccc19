import type { Rule } from '../rule.ts';
import { labelled } from '../structure/labels.ts';
import { capital } from '../structure/name-of.ts';

export const parameterDescriptionMissing: Rule = {
  code: 'parameter-description-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'certification',
  severity: 'info',
  title: 'Every parameter and property that people fill in has a description.',
  why: 'People do not know what to fill in otherwise.',
  bad: '"name": "due_before", "in": "query", "type": "string", "x-ms-summary": "Due Before"',
  good: '"name": "due_before", "in": "query", "type": "string", "x-ms-summary": "Due Before", "description": "Lists only loans that are due before this day."',
  check(subject, report) {
    for (const one of subject.derive(labelled)) {
      if (one.description.trim() === '') report(one.pointer, `${capital(one.title)} has no description.`);
    }
  },
};
