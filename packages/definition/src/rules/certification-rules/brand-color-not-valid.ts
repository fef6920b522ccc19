import type { Rule } from '../rule.ts';
import { propertiesPlace } from '../structure/connector-properties.ts';
import { textOf } from '../structure/resolve.ts';

export const brandColorNotValid: Rule = {
  code: 'brand-color-not-valid',
  ecosystemNames: [],
  group: 'certification',
  severity: 'error',
  title: 'The brand colour is written as # and six hexadecimal digits.',
  why: 'Other notations are not understood.',
  bad: '"iconBrandColor": "green"',
  good: '"iconBrandColor": "#3c6e47"',
  check(subject, report) {
    const place = propertiesPlace(subject);
    const color = place === undefined ? '' : textOf(place.value, 'iconBrandColor').trim();
    if (place === undefined || color === '' || /^#[0-9a-f]{6}$/i.test(color)) return;
    const bare = color.replace(/^#?/, '');
    report(
      `${place.pointer}/iconBrandColor`,
      `iconBrandColor is "${color}", which is not # and six hexadecimal digits.`,
      { file: 'properties', ...(/^[0-9a-f]{6}$/i.test(bare) && { suggestion: `Write "#${bare}".` }) },
    );
  },
};
