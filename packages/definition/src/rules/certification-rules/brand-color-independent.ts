import type { Rule } from '../rule.ts';
import { propertiesPlace } from '../structure/connector-properties.ts';
import { textOf } from '../structure/resolve.ts';

export const brandColorIndependent: Rule = {
  code: 'brand-color-independent',
  ecosystemNames: [],
  group: 'certification',
  severity: 'warning',
  title: 'The brand colour of an independent publisher’s connector is #da3b01.',
  why: 'All of them share one icon.',
  bad: '"title": "Library loans (Independent Publisher)", and "iconBrandColor": "#3c6e47"',
  good: '"title": "Library loans (Independent Publisher)", and "iconBrandColor": "#da3b01"',
  check(subject, report) {
    const place = propertiesPlace(subject);
    const color = place === undefined ? '' : textOf(place.value, 'iconBrandColor').trim().toLowerCase();
    const isIndependent = /\(independent publisher\)/i.test(subject.model.info.title);
    if (place === undefined || !isIndependent || color === '' || color === '#da3b01') return;
    report(
      `${place.pointer}/iconBrandColor`,
      `The connector is an independent publisher’s; its iconBrandColor is ${color}.`,
      {
        file: 'properties',
        suggestion: 'Write "#da3b01".',
      },
    );
  },
};
