import { isObject } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf, textOf } from '../structure/resolve.ts';

export const enumLabelMissing: Rule = {
  code: 'enum-label-missing',
  ecosystemNames: ['MissingEnumValuesDisplayName'],
  group: 'technical',
  severity: 'warning',
  title: 'An entry of x-ms-enum-values has a displayName.',
  why: 'The raw value is shown instead.',
  bad: '"x-ms-enum-values": [{ "value": "open" }]',
  good: '"x-ms-enum-values": [{ "value": "open", "displayName": "Open" }]',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      for (const [index, label] of listOf(node.value, 'x-ms-enum-values').entries()) {
        if (!isObject(label) || textOf(label, 'displayName').trim() !== '') continue;
        report(
          `${node.pointer}/x-ms-enum-values/${index}`,
          `${capital(nameOf(node))}: x-ms-enum-values has no displayName for ${JSON.stringify(label['value'] ?? null)}.`,
        );
      }
    }
  },
};
