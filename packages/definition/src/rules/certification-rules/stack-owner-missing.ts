import type { Rule } from '../rule.ts';
import { propertiesPlace } from '../structure/connector-properties.ts';
import { textOf } from '../structure/resolve.ts';

export const stackOwnerMissing: Rule = {
  code: 'stack-owner-missing',
  ecosystemNames: [],
  group: 'certification',
  severity: 'warning',
  title: 'apiProperties.json names the owner of the service.',
  why: 'People see whose service it is that the connector calls.',
  bad: '{ "properties": { "publisher": "Example" } }',
  good: '{ "properties": { "publisher": "Example", "stackOwner": "Example" } }',
  check(subject, report) {
    const place = propertiesPlace(subject);
    if (place === undefined || textOf(place.value, 'stackOwner').trim() !== '') return;
    report(place.pointer, 'There is no stackOwner.', { file: 'properties' });
  },
};
