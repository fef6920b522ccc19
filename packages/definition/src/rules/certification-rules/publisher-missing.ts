import type { Rule } from '../rule.ts';
import { propertiesPlace } from '../structure/connector-properties.ts';
import { textOf } from '../structure/resolve.ts';

export const publisherMissing: Rule = {
  code: 'publisher-missing',
  ecosystemNames: [],
  group: 'certification',
  severity: 'warning',
  title: 'apiProperties.json names the publisher.',
  why: 'People see who answers for the connector.',
  bad: '{ "properties": { "iconBrandColor": "#3c6e47" } }',
  good: '{ "properties": { "iconBrandColor": "#3c6e47", "publisher": "Example", "stackOwner": "Example" } }',
  check(subject, report) {
    const place = propertiesPlace(subject);
    if (place === undefined || textOf(place.value, 'publisher').trim() !== '') return;
    report(place.pointer, 'There is no publisher.', { file: 'properties' });
  },
};
