import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';

export const formParameterName: Rule = {
  code: 'form-parameter-name',
  ecosystemNames: ['InvalidFormDataParameterName'],
  group: 'technical',
  severity: 'warning',
  title: 'The name of a form parameter is ASCII.',
  why: 'Servers do not agree on how other names in a form are written (RFC 7578 §5.1).',
  bad: '"name": "größe", "in": "formData"',
  good: '"name": "size", "in": "formData", "x-ms-summary": "Größe"',
  check(subject, report) {
    for (const node of subject.nodes('parameter')) {
      const name = textOf(node.value, 'name');
      if (node.value['in'] !== 'formData' || [...name].every((one) => one >= ' ' && one <= '~')) continue;
      report(
        `${node.pointer}/name`,
        `${capital(nameOf(node))} is part of a form, and its name has characters outside of ASCII.`,
      );
    }
  },
};
