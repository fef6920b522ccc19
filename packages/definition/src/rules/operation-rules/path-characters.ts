import type { Rule } from '../rule.ts';

export const pathCharacters: Rule = {
  code: 'path-characters',
  ecosystemNames: ['OperationPathContainsUnsupportedCharacters'],
  group: 'technical',
  severity: 'warning',
  title: 'A path has no asterisk and no blanks outside of its parameters.',
  why: 'They are not part of an address as it stands; other tools refuse the path.',
  bad: '"/files/*": {}',
  good: '"/files/{path}": {}',
  check(subject, report) {
    for (const node of subject.nodes('pathItem')) {
      const path = node.parent?.kind === 'paths' ? (node.path.at(-1) ?? '') : '';
      const found = /[*\s]/.exec(path.replace(/\{[^{}]*\}/g, ''))?.[0];
      if (found === undefined) continue;
      report(
        node.pointer,
        `The path ${path} contains ${found === '*' ? 'an asterisk' : 'a blank'}, which a path may not contain.`,
      );
    }
  },
};
