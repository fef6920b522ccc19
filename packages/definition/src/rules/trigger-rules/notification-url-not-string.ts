import { isTrue, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { typesOf } from '../structure/values.ts';

export const notificationUrlNotString: Rule = {
  code: 'notification-url-not-string',
  ecosystemNames: ['NotificationUrlNotString'],
  group: 'technical',
  severity: 'warning',
  title: 'The property that takes the callback URL is text.',
  why: 'A URL is text; the API refuses anything else.',
  bad: '"callback": { "type": "object", "x-ms-notification-url": true }',
  good: '"callback": { "type": "string", "x-ms-notification-url": true }',
  check(subject, report) {
    for (const node of subject.nodes('schema')) {
      if (!isTrue(member(node.value, 'x-ms-notification-url')) || typesOf(node.value).includes('string')) continue;
      report(node.pointer, `${capital(nameOf(node))} takes the callback URL and is not of type string.`, {
        suggestion: 'Write "type": "string".',
      });
    }
  },
};
