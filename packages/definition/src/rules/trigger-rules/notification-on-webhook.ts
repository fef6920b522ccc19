import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';

export const notificationOnWebhook: Rule = {
  code: 'notification-on-webhook',
  ecosystemNames: ['NotificationExtensionNotSupportedInWebhookOperation'],
  group: 'technical',
  severity: 'warning',
  title: 'A webhook trigger has no x-ms-notification.',
  why: 'x-ms-notification links a trigger that fetches to the operation that subscribes; a webhook trigger is that operation.',
  bad: '"x-ms-trigger": "single", "x-ms-notification": { "operationId": "Watch" }, on the webhook operation',
  good: '"x-ms-trigger": "single"',
  check(subject, report) {
    const byPointer = new Map(subject.model.operations.map((operation) => [operation.pointer, operation]));
    for (const operation of subject.operations) {
      if (member(operation.value, 'x-ms-notification') === undefined) continue;
      if (byPointer.get(operation.pointer)?.trigger?.kind !== 'webhook') continue;
      report(
        `${operation.pointer}/x-ms-notification`,
        `${operation.title} is a webhook trigger itself and has x-ms-notification.`,
        {
          suggestion: 'Remove it.',
        },
      );
    }
  },
};
