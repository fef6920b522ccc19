import type { Rule } from '../rule.ts';

export const pathQuery: Rule = {
  code: 'path-query',
  ecosystemNames: ['OperationPathMayNotContainQueryOrFragment'],
  group: 'technical',
  severity: 'warning',
  title: 'A path has neither a query nor a fragment.',
  why: 'Query parameters are declared as parameters; a fragment is never sent.',
  bad: '"/loans?status=open": { "get": {} }',
  good: '"/loans": { "get": { "parameters": [{ "name": "status", "in": "query", "type": "string", "default": "open" }] } }',
  check(subject, report) {
    for (const node of subject.nodes('pathItem')) {
      const path = node.parent?.kind === 'paths' ? (node.path.at(-1) ?? '') : '';
      const found = /[?#]/.exec(path.replace(/\{[^{}]*\}/g, ''))?.[0];
      if (found === undefined) continue;
      const name = found === '?' ? 'a query' : 'a fragment';
      report(node.pointer, `The path ${path} contains ${name}. Declare query parameters as parameters.`);
    }
  },
};
