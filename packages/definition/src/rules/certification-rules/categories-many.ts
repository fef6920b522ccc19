import type { Rule } from '../rule.ts';
import { metadataNamed } from '../structure/connector-metadata.ts';

export const categoriesMany: Rule = {
  code: 'categories-many',
  ecosystemNames: ['TooManyConnectorCategories'],
  group: 'certification',
  severity: 'error',
  title: 'There are at most two categories.',
  why: 'Connectors are listed under the ones that fit best.',
  bad: '{ "propertyName": "Categories", "propertyValue": "Data;Marketing;Productivity" }',
  good: '{ "propertyName": "Categories", "propertyValue": "Data;Productivity" }',
  check(subject, report) {
    const entry = metadataNamed(subject, 'Categories');
    const count = entry?.text.split(';').filter((one) => one.trim() !== '').length ?? 0;
    if (entry !== undefined && count > 2)
      report(`${entry.pointer}/propertyValue`, `There are ${count} categories; at most two are accepted.`);
  },
};
