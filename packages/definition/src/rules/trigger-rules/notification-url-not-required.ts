import type { Rule } from '../rule.ts';
import { callbackChains } from '../structure/callback-chains.ts';

export const notificationUrlNotRequired: Rule = {
  code: 'notification-url-not-required',
  ecosystemNames: ['NotificationUrlNotRequired'],
  group: 'technical',
  severity: 'warning',
  title: 'The property that takes the callback URL is required, and so is everything that it is part of.',
  why: 'What is optional may be left out, and then the service is not told where to call.',
  bad: '"properties": { "callback": { "type": "string", "x-ms-notification-url": true } }',
  good: '"required": ["callback"], "properties": { "callback": { "type": "string", "x-ms-notification-url": true } }',
  check(subject, report) {
    for (const { operation, chain } of subject.derive(callbackChains)) {
      const optional = chain.slice(1).find((link) => !link.required);
      if (optional === undefined) continue;
      report(optional.pointer, `${operation.title}: ${optional.title} takes the callback URL and is not required.`);
    }
  },
};
