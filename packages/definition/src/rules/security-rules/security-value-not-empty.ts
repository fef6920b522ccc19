import { escapePointer } from '../../source/pointer.ts';
import { isObject } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf, textOf } from '../structure/resolve.ts';

export const securityValueNotEmpty: Rule = {
  code: 'security-value-not-empty',
  ecosystemNames: ['SecurityRequirementMustHaveEmptyValue'],
  group: 'technical',
  severity: 'warning',
  title: 'Only OAuth has scopes to require.',
  why: 'An API key or a password has none; the list must be empty (OpenAPI 2.0, Security Requirement Object).',
  bad: '"security": [{ "api_key": ["read"] }]',
  good: '"security": [{ "api_key": [] }]',
  check(subject, report) {
    if (subject.version === '3.1') return;
    const types = new Map(
      subject.nodes('securityScheme').map((node) => [node.path.at(-1) ?? '', textOf(node.value, 'type')]),
    );
    for (const node of [...subject.nodes('root'), ...subject.nodes('operation')]) {
      for (const [index, requirement] of listOf(node.value, 'security').entries()) {
        for (const [name, scopes] of isObject(requirement) ? Object.entries(requirement) : []) {
          const type = types.get(name) ?? 'oauth2';
          if (type === 'oauth2' || type === 'openIdConnect' || !Array.isArray(scopes) || scopes.length === 0) continue;
          report(
            `${node.pointer}/security/${index}/${escapePointer(name)}`,
            `${capital(nameOf(node))} requires scopes of ${name}, which is no OAuth scheme and has none.`,
            { suggestion: 'Write [].' },
          );
        }
      }
    }
  },
};
