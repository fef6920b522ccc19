import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';

export const securitySchemeMember: Rule = {
  code: 'security-scheme-member',
  ecosystemNames: ['SecuritySchemePropertyNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'A security scheme has only the members of its type.',
  why: 'The others have no effect and make the reader guess.',
  bad: '"basic": { "type": "basic", "in": "header", "name": "Authorization" }',
  good: '"basic": { "type": "basic" }',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const node of subject.nodes('securityScheme')) {
      const allowed = members[textOf(node.value, 'type')];
      for (const name of allowed === undefined ? [] : Object.keys(node.value)) {
        if (allowed?.includes(name) || !Object.hasOwn(node.shape.members, name) || always.includes(name)) continue;
        report(
          `${node.pointer}/${name}`,
          `${capital(nameOf(node))} is of type ${textOf(node.value, 'type')}, which has no ${name}.`,
          { suggestion: 'Remove it.' },
        );
      }
    }
  },
};

const always = ['type', 'description'];
const members: Readonly<Record<string, readonly string[]>> = {
  basic: [],
  apiKey: ['name', 'in'],
  oauth2: ['flow', 'authorizationUrl', 'tokenUrl', 'scopes'],
};
