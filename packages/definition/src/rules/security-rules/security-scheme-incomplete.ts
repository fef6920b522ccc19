import type { JsonObject } from '../../model.ts';
import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';
import type { Subject } from '../subject.ts';

export const securitySchemeIncomplete: Rule = {
  code: 'security-scheme-incomplete',
  ecosystemNames: ['SecuritySchemePropertyRequired'],
  group: 'technical',
  severity: 'warning',
  title: 'A security scheme has what its type requires.',
  why: 'Without it nobody can sign in, or the key goes nowhere.',
  bad: '"oauth": { "type": "oauth2", "flow": "accessCode", "scopes": {} }',
  good: '"oauth": { "type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://…", "tokenUrl": "https://…", "scopes": {} }',
  check(subject, report) {
    for (const node of subject.nodes('securityScheme')) {
      if (node.reference !== undefined) continue;
      const missing = requiredOf(node.value, subject.version).filter((name) => member(node.value, name) === undefined);
      for (const name of missing) {
        report(
          node.pointer,
          `${capital(nameOf(node))} is of type ${textOf(node.value, 'type')} and has no ${missing.join(', no ')}.`,
        );
        if (name === missing[0]) break;
      }
    }
  },
};

function requiredOf(scheme: JsonObject, version: Subject['version']): readonly string[] {
  switch (textOf(scheme, 'type')) {
    case 'apiKey':
      // Reading reports and leaves out a key without a name.
      return version === '2.0' && member(scheme, 'name') === undefined ? [] : ['name', 'in'];
    case 'http':
      return version === '2.0' ? [] : ['scheme'];
    case 'openIdConnect':
      return version === '2.0' ? [] : ['openIdConnectUrl'];
    case 'oauth2':
      return version === '2.0' ? flowMembers(textOf(scheme, 'flow')) : ['flows'];
    default:
      return [];
  }
}

function flowMembers(flow: string): readonly string[] {
  const authorization = flow === 'implicit' || flow === 'accessCode' ? ['authorizationUrl'] : [];
  const token = flow === 'implicit' ? [] : ['tokenUrl'];
  return ['flow', ...authorization, ...(flow === '' ? [] : token), 'scopes'];
}
