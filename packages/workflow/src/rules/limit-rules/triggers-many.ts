import { entriesOf, member } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';

const most = 10;

export const triggersMany: FlowRule = {
  code: 'triggers-many',
  severity: 'warning',
  title: 'A flow has at most 10 triggers.',
  why: 'The platform takes no more; here it works. Make another flow for the others.',
  bad: '{ "triggers": { "Trigger_1": …, "Trigger_11": … } }',
  good: '{ "triggers": { "Trigger_1": …, "Trigger_10": … } }',
  check({ definition }, report) {
    const count = entriesOf(member(definition, 'triggers')).length;
    if (count > most) report('/triggers', `the flow has ${count} triggers; flows of the platform take ${most}`);
  },
};
