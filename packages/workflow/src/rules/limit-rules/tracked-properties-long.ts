import { member } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';

const longest = 16_000;

export const trackedPropertiesLong: FlowRule = {
  code: 'tracked-properties-long',
  severity: 'warning',
  title: 'The tracked properties of an action have at most 16,000 characters.',
  why: 'The platform does not keep longer ones (TrackedPropertiesSizeLimitExceeded).',
  bad: '{ "actions": { "Tell": { "type": "Compose", "inputs": 1, "trackedProperties": { "text": "… 20,000 characters …" } } } }',
  good: '{ "actions": { "Tell": { "type": "Compose", "inputs": 1, "trackedProperties": { "orderId": 17 } } } }',
  check({ actions }, report) {
    for (const { name, definition, pointer } of actions) {
      const tracked = member(definition, 'trackedProperties');
      const length = tracked === undefined ? 0 : JSON.stringify(tracked).length;
      if (length <= longest) continue;
      report(
        `${pointer}/trackedProperties`,
        `the tracked properties of "${name}" have ${length} characters; the platform keeps ${longest}`,
      );
    }
  },
};
