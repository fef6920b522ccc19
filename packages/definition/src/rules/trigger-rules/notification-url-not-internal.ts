import { readVisibility } from '../../schema/read-schema.ts';
import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { callbackChains } from '../structure/callback-chains.ts';

export const notificationUrlNotInternal: Rule = {
  code: 'notification-url-not-internal',
  ecosystemNames: ['NotificationUrlNotInternal'],
  group: 'technical',
  severity: 'warning',
  title: 'The property that takes the callback URL, or one that it is part of, is internal.',
  why: 'People are asked to fill it in otherwise, although the platform does.',
  bad: '"callback": { "type": "string", "x-ms-notification-url": true }',
  good: '"callback": { "type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal" }',
  check(subject, report) {
    for (const { operation, chain } of subject.derive(callbackChains)) {
      const last = chain.at(-1);
      const isHidden = chain.some((link) => readVisibility(member(link.value, 'x-ms-visibility')) === 'internal');
      if (last === undefined || isHidden) continue;
      report(last.pointer, `${operation.title}: the property that takes the callback URL is not internal.`, {
        suggestion: 'Add "x-ms-visibility": "internal".',
      });
    }
  },
};
