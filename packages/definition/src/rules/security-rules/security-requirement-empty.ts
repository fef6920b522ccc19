import { isObject } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf } from '../structure/resolve.ts';

export const securityRequirementEmpty: Rule = {
  code: 'security-requirement-empty',
  ecosystemNames: ['SecurityRequirementMustHaveValue'],
  group: 'technical',
  severity: 'info',
  title: 'A security requirement names a scheme.',
  why: 'An empty one means that the operation can be called without credentials, which is written "security": [].',
  bad: '"security": [{}]',
  good: '"security": [{ "api_key": [] }]',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const node of [...subject.nodes('root'), ...subject.nodes('operation')]) {
      for (const [index, requirement] of listOf(node.value, 'security').entries()) {
        if (!isObject(requirement) || Object.keys(requirement).length > 0) continue;
        report(
          `${node.pointer}/security/${index}`,
          `${capital(nameOf(node))} has a security requirement that names no scheme.`,
        );
      }
    }
  },
};
