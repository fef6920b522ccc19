import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const pathEncodingMissing: Rule = {
  code: 'path-encoding-missing',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'A path parameter of text says how it is encoded.',
  why: 'Values with slashes or blanks reach the API as they are meant then; x-ms-url-encoding is single unless said otherwise.',
  bad: '"name": "id", "in": "path", "required": true, "type": "string"',
  good: '"name": "id", "in": "path", "required": true, "type": "string", "x-ms-url-encoding": "single"',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const node of subject.nodes('parameter')) {
      if (node.value['in'] !== 'path' || node.value['type'] !== 'string') continue;
      if (member(node.value, 'x-ms-url-encoding') !== undefined) continue;
      report(node.pointer, `${capital(nameOf(node))} is in the path and has no x-ms-url-encoding.`, {
        suggestion: 'Add "x-ms-url-encoding": "single".',
      });
    }
  },
};
