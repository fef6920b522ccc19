import { isTrue, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { schemaUses } from '../structure/schema-use.ts';

export const notificationUrlPosition: Rule = {
  code: 'notification-url-position',
  ecosystemNames: ['NotificationUrlNotAllowedInThisPosition'],
  group: 'technical',
  severity: 'warning',
  title: 'The callback URL is part of the body that is sent.',
  why: 'The platform writes it nowhere else, so the service is not told where to call.',
  bad: '"name": "callback", "in": "query", "type": "string", "x-ms-notification-url": true',
  good: '"properties": { "callback": { "type": "string", "x-ms-notification-url": true } }',
  check(subject, report) {
    const { inputs, outputs } = subject.derive(schemaUses);
    for (const node of subject.allNodes()) {
      if (!isTrue(member(node.value, 'x-ms-notification-url'))) continue;
      if (node.kind === 'schema' && (inputs.has(node.pointer) || !outputs.has(node.pointer))) continue;
      report(
        `${node.pointer}/x-ms-notification-url`,
        `${capital(nameOf(node))} is marked to take the callback URL, which only a property of the body does.`,
      );
    }
  },
};
