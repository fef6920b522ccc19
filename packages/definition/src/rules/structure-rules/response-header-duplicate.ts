import { escapePointer } from '../../source/pointer.ts';
import { isObject } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const responseHeaderDuplicate: Rule = {
  code: 'response-header-duplicate',
  ecosystemNames: ['ResponseHeadersAreNotUnique'],
  group: 'technical',
  severity: 'warning',
  title: 'A response declares each header once; upper and lower case are the same.',
  why: 'The names of headers do not differ by case (RFC 9110 §5.1), so only one of the two can ever be filled.',
  bad: '"headers": { "ETag": { "type": "string" }, "etag": { "type": "string" } }',
  good: '"headers": { "ETag": { "type": "string" } }',
  check(subject, report) {
    for (const node of [...subject.nodes('response'), ...subject.nodes('notificationContent')]) {
      const headers = node.value['headers'];
      if (!isObject(headers)) continue;
      const seen = new Map<string, string>();
      for (const name of Object.keys(headers)) {
        const first = seen.get(name.toLowerCase());
        if (first !== undefined) {
          report(
            `${node.pointer}/headers/${escapePointer(name)}`,
            `${capital(nameOf(node))} declares the header ${name}, which is the same as ${first}.`,
          );
        }
        seen.set(name.toLowerCase(), name);
      }
    }
  },
};
