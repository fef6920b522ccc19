import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const parameterTypeMissing: Rule = {
  code: 'parameter-type-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'technical',
  severity: 'warning',
  title: 'A parameter outside of the body says its type.',
  why: 'Without one, nobody knows what to fill in. It is read as any value.',
  bad: '"name": "status", "in": "query"',
  good: '"name": "status", "in": "query", "type": "string"',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const node of subject.nodes('parameter')) {
      const { value } = node;
      if (node.reference !== undefined || value['in'] === 'body' || typeof value['in'] !== 'string') continue;
      if (member(value, 'type') !== undefined || member(value, 'schema') !== undefined) continue;
      report(node.pointer, `${capital(nameOf(node))} has no type.`);
    }
  },
};
