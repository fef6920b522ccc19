import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { typesOf } from '../structure/values.ts';

export const requiredOnNonObject: Rule = {
  code: 'required-on-non-object',
  ecosystemNames: ['RequiredPropertyNotOnObject'],
  group: 'technical',
  severity: 'warning',
  title: 'Only an object has required properties.',
  why: 'Text, numbers and arrays have no properties, so the list has no effect.',
  bad: '"type": "array", "required": ["title"], "items": { "type": "object" }',
  good: '"type": "array", "items": { "type": "object", "required": ["title"] }',
  check(subject, report) {
    for (const node of subject.nodes('schema')) {
      const types = typesOf(node.value);
      const isNone = types.length > 0 && types.every((type) => /^(string|number|integer|boolean|array)$/.test(type));
      if (!isNone || !Array.isArray(member(node.value, 'required'))) continue;
      report(
        `${node.pointer}/required`,
        `${capital(nameOf(node))} is of type ${types.join(' or ')} and has a list of required properties.`,
      );
    }
  },
};
