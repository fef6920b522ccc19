import type { Rule } from '../rule.ts';

export const notificationContentMissing: Rule = {
  code: 'notification-content-missing',
  ecosystemNames: ['OperationMustHaveNotificationContentExtension'],
  group: 'technical',
  severity: 'warning',
  title: 'A webhook trigger says what the service sends.',
  why: 'Nobody can choose from what an event brings otherwise.',
  bad: '"/hooks": { "post": { "x-ms-trigger": "single" } }',
  good: '"/hooks": { "x-ms-notification-content": { "schema": { "type": "object" } }, "post": { "x-ms-trigger": "single" } }',
  check(subject, report) {
    const byPointer = new Map(subject.model.operations.map((operation) => [operation.pointer, operation]));
    for (const operation of subject.operations) {
      const trigger = byPointer.get(operation.pointer)?.trigger;
      if (trigger?.kind !== 'webhook' || trigger.notification !== undefined) continue;
      report(
        operation.pointer,
        `${operation.title} is a webhook trigger, and its path has no x-ms-notification-content.`,
      );
    }
  },
};
