import type { Rule } from '../rule.ts';

export const pathVariableDefault: Rule = {
  code: 'path-variable-default',
  ecosystemNames: ['OperationPathVariablesContainDefaults'],
  group: 'technical',
  severity: 'warning',
  title: 'A name in a path has no default in it.',
  why: 'Defaults belong on the parameter; the name would contain an equals sign.',
  bad: '"/loans/{status=open}": {}',
  good: '"/loans/{status}": { "parameters": [{ "name": "status", "in": "path", "required": true, "type": "string", "default": "open" }] }',
  check(subject, report) {
    for (const node of subject.nodes('pathItem')) {
      const path = node.parent?.kind === 'paths' ? (node.path.at(-1) ?? '') : '';
      const found = /\{([^{}=]*)=[^{}]*\}/.exec(path);
      if (found === null) continue;
      report(
        node.pointer,
        `The path ${path} has a default in ${found[0]}. Give the default to the parameter ${found[1]}.`,
      );
    }
  },
};
