import { isObject } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf } from '../structure/resolve.ts';

export const securityNotDefined: Rule = {
  code: 'security-not-defined',
  ecosystemNames: ['SecurityRequirementMustBeDefined'],
  group: 'technical',
  severity: 'warning',
  title: 'A security scheme that is required is defined.',
  why: 'Otherwise the call goes out without credentials.',
  bad: '"security": [{ "key": [] }], "securityDefinitions": {}',
  good: '"security": [{ "key": [] }], "securityDefinitions": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }',
  check(subject, report) {
    const defined = new Set(subject.nodes('securityScheme').map((node) => node.path.at(-1)));
    for (const node of subject.nodes('operation')) {
      for (const [index, requirement] of listOf(node.value, 'security').entries()) {
        for (const name of isObject(requirement) ? Object.keys(requirement) : []) {
          if (defined.has(name)) continue;
          report(
            `${node.pointer}/security/${index}`,
            `${capital(nameOf(node))}: the security scheme ${name} is required but not defined.`,
          );
        }
      }
    }
  },
};
