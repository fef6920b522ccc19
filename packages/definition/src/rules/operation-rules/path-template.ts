import type { Rule } from '../rule.ts';

export const pathTemplate: Rule = {
  code: 'path-template',
  ecosystemNames: ['OperationPathTemplateNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'The braces in a path are in pairs around a name.',
  why: 'Otherwise it is not plain what a value takes the place of.',
  bad: '"/loans/{id": {}',
  good: '"/loans/{id}": {}',
  check(subject, report) {
    for (const node of subject.nodes('pathItem')) {
      const path = node.parent?.kind === 'paths' ? (node.path.at(-1) ?? '') : '';
      const rest = path.replace(/\{[^{}]+\}/g, '');
      if (/[{}]/.test(rest)) report(node.pointer, `The path ${path} has braces that are not in pairs around a name.`);
    }
  },
};
