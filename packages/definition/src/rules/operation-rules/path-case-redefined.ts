import type { Rule } from '../rule.ts';

export const pathCaseRedefined: Rule = {
  code: 'path-case-redefined',
  ecosystemNames: ['PathRedefined'],
  group: 'technical',
  severity: 'warning',
  title: 'No two paths differ only in upper and lower case.',
  why: 'Many servers and the ecosystem do not tell them apart.',
  bad: '"/loans": {}, "/Loans": {}',
  good: '"/loans": { "get": {}, "post": {} }',
  check(subject, report) {
    const seen = new Map<string, string>();
    for (const node of subject.nodes('pathItem')) {
      const path = node.parent?.kind === 'paths' ? (node.path.at(-1) ?? '') : undefined;
      if (path === undefined) continue;
      const first = seen.get(path.toLowerCase());
      if (first === undefined) seen.set(path.toLowerCase(), path);
      else report(node.pointer, `The paths ${first} and ${path} differ only in upper and lower case.`);
    }
  },
};
