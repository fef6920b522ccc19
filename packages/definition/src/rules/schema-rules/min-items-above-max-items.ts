import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const minItemsAboveMaxItems: Rule = {
  code: 'min-items-above-max-items',
  ecosystemNames: ['MinItemsShouldBeLessThanOrEqualToMaxItems'],
  group: 'technical',
  severity: 'warning',
  title: 'The least number of items, or of properties, is not above the greatest.',
  why: 'No value could ever be right.',
  bad: '"minItems": 10, "maxItems": 1',
  good: '"minItems": 1, "maxItems": 10',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      for (const thing of ['Items', 'Properties']) {
        const [least, most] = [node.value[`min${thing}`], node.value[`max${thing}`]];
        if (typeof least !== 'number' || typeof most !== 'number' || least <= most) continue;
        report(
          `${node.pointer}/min${thing}`,
          `${capital(nameOf(node))}: min${thing} ${least} is above max${thing} ${most}.`,
        );
      }
    }
  },
};
