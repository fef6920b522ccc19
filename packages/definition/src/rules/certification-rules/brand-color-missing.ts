import type { Rule } from '../rule.ts';
import { propertiesPlace } from '../structure/connector-properties.ts';
import { textOf } from '../structure/resolve.ts';

export const brandColorMissing: Rule = {
  code: 'brand-color-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'certification',
  severity: 'error',
  title: 'apiProperties.json names the brand colour.',
  why: 'It is the background of the connector’s icon everywhere.',
  bad: '{ "properties": { "capabilities": [] } }',
  good: '{ "properties": { "iconBrandColor": "#3c6e47", "capabilities": [] } }',
  check(subject, report) {
    const place = propertiesPlace(subject);
    if (place === undefined || textOf(place.value, 'iconBrandColor').trim() !== '') return;
    report(place.pointer, 'There is no iconBrandColor.', { file: 'properties' });
  },
};
