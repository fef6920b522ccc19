import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';

export const notificationWithoutTrigger: Rule = {
  code: 'notification-without-trigger',
  ecosystemNames: ['NotificationExtensionSupportedForTriggerOnly'],
  group: 'technical',
  severity: 'warning',
  title: 'Only a trigger has x-ms-notification.',
  why: 'An action is not started by events.',
  bad: '"operationId": "GetLoan", "x-ms-notification": { "operationId": "Watch" }',
  good: '"operationId": "OnLoan", "x-ms-trigger": "single", "x-ms-notification": { "operationId": "Watch" }',
  check(subject, report) {
    for (const operation of subject.operations) {
      if (operation.isTrigger || member(operation.value, 'x-ms-notification') === undefined) continue;
      report(`${operation.pointer}/x-ms-notification`, `${operation.title} has x-ms-notification and is no trigger.`);
    }
  },
};
