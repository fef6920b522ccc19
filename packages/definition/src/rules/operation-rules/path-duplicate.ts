import type { Rule } from '../rule.ts';

export const pathDuplicate: Rule = {
  code: 'path-duplicate',
  ecosystemNames: ['DuplicateOperationPath'],
  group: 'technical',
  severity: 'warning',
  title: 'No two paths differ only in the names of their parameters.',
  why: 'Both are the same address, so it is not plain which of the two an address belongs to.',
  bad: '"/loans/{id}": {}, "/loans/{loanId}": {}',
  good: '"/loans/{loanId}": { "get": {}, "delete": {} }',
  check(subject, report) {
    const seen = new Map<string, string>();
    for (const node of subject.nodes('pathItem')) {
      const path = node.parent?.kind === 'paths' ? (node.path.at(-1) ?? '') : undefined;
      if (path === undefined) continue;
      const key = path.replace(/\{[^{}]*\}/g, '{}');
      const first = seen.get(key);
      if (first === undefined) seen.set(key, path);
      else
        report(
          node.pointer,
          `The paths ${first} and ${path} are the same address. Put their operations under one of them.`,
        );
    }
  },
};
