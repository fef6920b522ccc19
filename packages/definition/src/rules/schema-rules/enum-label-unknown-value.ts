import { isObject, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf } from '../structure/resolve.ts';

export const enumLabelUnknownValue: Rule = {
  code: 'enum-label-unknown-value',
  ecosystemNames: ['InvalidEnumValuesExtensionValue'],
  group: 'technical',
  severity: 'warning',
  title: 'x-ms-enum-values labels values of the enum.',
  why: 'A label of another value is never shown, or offers a value that the API refuses.',
  bad: '"enum": ["open"], "x-ms-enum-values": [{ "value": "opened", "displayName": "Open" }]',
  good: '"enum": ["open"], "x-ms-enum-values": [{ "value": "open", "displayName": "Open" }]',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const choices = listOf(node.value, 'enum');
      if (choices.length === 0 && member(node.value, 'enum') !== undefined) continue;
      for (const [index, label] of listOf(node.value, 'x-ms-enum-values').entries()) {
        const value = isObject(label) ? member(label, 'value') : undefined;
        if (value === undefined || choices.includes(value)) continue;
        report(
          `${node.pointer}/x-ms-enum-values/${index}`,
          `${capital(nameOf(node))}: x-ms-enum-values labels ${JSON.stringify(value)}, which is no value of the enum.`,
        );
      }
    }
  },
};
