import { isObject, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf } from '../structure/resolve.ts';

export const enumLabelDuplicate: Rule = {
  code: 'enum-label-duplicate',
  ecosystemNames: ['DuplicateEnumValuesInExtension'],
  group: 'technical',
  severity: 'warning',
  title: 'x-ms-enum-values labels each value once.',
  why: 'It is not plain which of the two labels is shown.',
  bad: '"x-ms-enum-values": [{ "value": "open", "displayName": "Open" }, { "value": "open", "displayName": "Not returned" }]',
  good: '"x-ms-enum-values": [{ "value": "open", "displayName": "Open" }]',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const seen = new Set<string>();
      for (const [index, label] of listOf(node.value, 'x-ms-enum-values').entries()) {
        const value = isObject(label) ? member(label, 'value') : undefined;
        if (value === undefined) continue;
        const key = JSON.stringify(value);
        if (seen.has(key)) {
          report(
            `${node.pointer}/x-ms-enum-values/${index}`,
            `${capital(nameOf(node))}: x-ms-enum-values has ${key} twice.`,
            {
              suggestion: 'Remove one of them.',
            },
          );
        }
        seen.add(key);
      }
    }
  },
};
