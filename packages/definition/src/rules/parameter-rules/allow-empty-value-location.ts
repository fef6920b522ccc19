import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';

export const allowEmptyValueLocation: Rule = {
  code: 'allow-empty-value-location',
  ecosystemNames: ['AllowEmptyValueOnlyValidForQueryFormData'],
  group: 'technical',
  severity: 'warning',
  title: 'Only a query or form parameter allows an empty value.',
  why: 'It means a name without a value, which there is only in a query or a form.',
  bad: '"name": "X-Trace", "in": "header", "type": "string", "allowEmptyValue": true',
  good: '"name": "X-Trace", "in": "header", "type": "string"',
  check(subject, report) {
    for (const node of subject.nodes('parameter')) {
      const location = textOf(node.value, 'in');
      if (member(node.value, 'allowEmptyValue') !== true || location === 'query' || location === 'formData') continue;
      report(
        `${node.pointer}/allowEmptyValue`,
        `${capital(nameOf(node))} is in ${location}, where there is no empty value.`,
        {
          suggestion: 'Remove "allowEmptyValue".',
        },
      );
    }
  },
};
