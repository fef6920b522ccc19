import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf } from '../structure/resolve.ts';
import { fitsType, typesOf } from '../structure/values.ts';

export const enumValueType: Rule = {
  code: 'enum-value-type',
  ecosystemNames: ['InvalidEnumValue'],
  group: 'technical',
  severity: 'warning',
  title: 'The values of an enum are of the type of what they are values of.',
  why: 'A value of another type is offered and then refused by the API.',
  bad: '"type": "integer", "enum": ["1", "2"]',
  good: '"type": "integer", "enum": [1, 2]',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      for (const [index, value] of listOf(node.value, 'enum').entries()) {
        if (fitsType(value, node.value)) continue;
        report(
          `${node.pointer}/enum/${index}`,
          `${capital(nameOf(node))} is of type ${typesOf(node.value).join(' or ')}; its enum holds ${JSON.stringify(value)}.`,
        );
      }
    }
  },
};
