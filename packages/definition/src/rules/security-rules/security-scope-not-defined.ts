import type { JsonObject } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { isObject, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';
import { listOf, textOf } from '../structure/resolve.ts';

export const securityScopeNotDefined: Rule = {
  code: 'security-scope-not-defined',
  ecosystemNames: ['OAuthSecurityRequirementValueMustBeScopeName'],
  group: 'technical',
  severity: 'warning',
  title: 'A scope that is required is defined by the security scheme.',
  why: 'It is asked for at sign-in, which fails when the API does not know it.',
  bad: '"security": [{ "oauth": ["raed"] }], with the scopes { "read": "Read loans." }',
  good: '"security": [{ "oauth": ["read"] }], with the scopes { "read": "Read loans." }',
  check(subject, report) {
    const scopes = new Map(
      subject.nodes('securityScheme').map((node) => [node.path.at(-1) ?? '', scopesOf(node.value)]),
    );
    for (const node of [...subject.nodes('root'), ...subject.nodes('operation')]) {
      for (const [index, requirement] of listOf(node.value, 'security').entries()) {
        for (const name of isObject(requirement) ? Object.keys(requirement) : []) {
          const known = scopes.get(name);
          if (known === undefined || !isObject(requirement)) continue;
          for (const [position, scope] of listOf(requirement, name).entries()) {
            if (typeof scope !== 'string' || known.has(scope)) continue;
            const meant = (): string | undefined => nearestName(scope, known);
            report(
              `${node.pointer}/security/${index}/${escapePointer(name)}/${position}`,
              `${capital(nameOf(node))} requires the scope "${scope}" of ${name}, which that does not define.`,
              { suggestion: () => (meant() === undefined ? undefined : `Did you mean "${meant()}"?`) },
            );
          }
        }
      }
    }
  },
};

/** The scopes of an OAuth scheme; undefined for others. */
function scopesOf(scheme: JsonObject): ReadonlySet<string> | undefined {
  if (textOf(scheme, 'type') !== 'oauth2') return undefined;
  const flows = member(scheme, 'flows');
  const holders = isObject(flows) ? Object.values(flows) : [scheme];
  return new Set(
    holders.flatMap((holder) => {
      const scopes = isObject(holder) ? member(holder, 'scopes') : undefined;
      return isObject(scopes) ? Object.keys(scopes) : [];
    }),
  );
}
