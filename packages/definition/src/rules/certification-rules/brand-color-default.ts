import type { Rule } from '../rule.ts';
import { propertiesPlace } from '../structure/connector-properties.ts';
import { textOf } from '../structure/resolve.ts';

export const brandColorDefault: Rule = {
  code: 'brand-color-default',
  ecosystemNames: [],
  group: 'certification',
  severity: 'warning',
  title: 'The brand colour is the brand’s: neither white nor the default blue.',
  why: 'The icon would not stand out from its background, or looks like a connector without a brand.',
  bad: '"iconBrandColor": "#ffffff"',
  good: '"iconBrandColor": "#3c6e47"',
  check(subject, report) {
    const place = propertiesPlace(subject);
    const color = place === undefined ? '' : textOf(place.value, 'iconBrandColor').trim().toLowerCase();
    if (place === undefined || (color !== '#ffffff' && color !== '#007ee5')) return;
    const name = color === '#ffffff' ? 'white' : 'the default blue';
    report(`${place.pointer}/iconBrandColor`, `iconBrandColor is ${name}, which is not accepted.`, {
      file: 'properties',
    });
  },
};
