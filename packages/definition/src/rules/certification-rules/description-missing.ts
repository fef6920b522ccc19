import type { Rule } from '../rule.ts';

export const descriptionMissing: Rule = {
  code: 'description-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'certification',
  severity: 'error',
  title: 'The connector has a description.',
  why: 'People decide by it whether the connector is what they look for.',
  bad: '"info": { "title": "Library loans", "version": "1.0" }',
  good: '"info": { "title": "Library loans", "description": "Lends books to readers and reminds them to bring them back." }',
  check(subject, report) {
    if (subject.model.info.description.trim() === '')
      report('/info', 'The connector has no description. Give it one in info.description.');
  },
};
