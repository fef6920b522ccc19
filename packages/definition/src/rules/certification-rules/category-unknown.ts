import type { Rule } from '../rule.ts';
import { metadataNamed } from '../structure/connector-metadata.ts';
import { nearestName } from '../structure/nearest-name.ts';

export const categoryUnknown: Rule = {
  code: 'category-unknown',
  ecosystemNames: ['InvalidConnectorCategory'],
  group: 'certification',
  severity: 'warning',
  title: 'The categories are ones of the list.',
  why: 'Connectors are listed by them.',
  bad: '{ "propertyName": "Categories", "propertyValue": "Libraries" }',
  good: '{ "propertyName": "Categories", "propertyValue": "Productivity" }',
  check(subject, report) {
    const entry = metadataNamed(subject, 'Categories');
    for (const stated of entry?.text.split(';') ?? []) {
      const category = stated.trim();
      if (entry === undefined || category === '' || known.includes(category)) continue;
      const meant = (): string | undefined =>
        known.find((one) => one.toLowerCase() === category.toLowerCase()) ?? nearestName(category, known);
      report(`${entry.pointer}/propertyValue`, `"${category}" is no category. There are ${known.join(', ')}.`, {
        suggestion: () => (meant() === undefined ? undefined : `Write "${meant()}".`),
      });
    }
  },
};

const known: readonly string[] = [
  'AI',
  'Business Management',
  'Business Intelligence',
  'Collaboration',
  'Commerce',
  'Communication',
  'Content and Files',
  'Finance',
  'Data',
  'Human Resources',
  'Internet of Things',
  'IT Operations',
  'Lifestyle and Entertainment',
  'Marketing',
  'Productivity',
  'Sales and CRM',
  'Security',
  'Social Media',
  'Website',
];
