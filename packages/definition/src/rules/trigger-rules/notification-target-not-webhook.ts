import type { Rule } from '../rule.ts';
import { callbackChains } from '../structure/callback-chains.ts';
import { memberPlace, textOf } from '../structure/resolve.ts';

export const notificationTargetNotWebhook: Rule = {
  code: 'notification-target-not-webhook',
  ecosystemNames: ['NotificationOperationMustBeWebhook'],
  group: 'technical',
  severity: 'warning',
  title: 'What x-ms-notification names is an operation that takes a callback URL.',
  why: 'The service cannot be told where to call otherwise.',
  bad: '"x-ms-notification": { "operationId": "ListLoans" }',
  good: '"x-ms-notification": { "operationId": "SubscribeToLoans" }',
  check(subject, report) {
    const hooked = new Set(subject.derive(callbackChains).map(({ operation }) => operation.id));
    for (const operation of subject.operations) {
      const notification = memberPlace(operation, 'x-ms-notification');
      const id = notification === undefined ? '' : textOf(notification.value, 'operationId');
      if (notification === undefined || subject.operation(id) === undefined || hooked.has(id)) continue;
      report(
        `${notification.pointer}/operationId`,
        `${operation.title}: ${id} takes no callback URL, so it cannot subscribe.`,
      );
    }
  },
};
