import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const requiredEmpty: Rule = {
  code: 'required-empty',
  ecosystemNames: ['RequiredValueEmpty'],
  group: 'technical',
  severity: 'info',
  title: 'A list of required properties names at least one, and names are not empty.',
  why: 'JSON Schema draft 4, on which OpenAPI 2.0 and 3.0 rest, does not allow an empty list; strict tools refuse it.',
  bad: '"type": "object", "required": []',
  good: '"type": "object"',
  check(subject, report) {
    if (subject.version === '3.1') return;
    for (const node of subject.nodes('schema')) {
      const names = node.value['required'];
      if (!Array.isArray(names)) continue;
      const empty = names.length === 0 ? '' : names.includes('') ? `/${names.indexOf('')}` : undefined;
      if (empty === undefined) continue;
      report(`${node.pointer}/required${empty}`, `${capital(nameOf(node))} has an empty list or name under required.`, {
        suggestion: 'Remove it.',
      });
    }
  },
};
