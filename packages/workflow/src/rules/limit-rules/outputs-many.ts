import { entriesOf, member } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';

const most = 10;

export const outputsMany: FlowRule = {
  code: 'outputs-many',
  severity: 'warning',
  title: 'A flow has at most 10 outputs.',
  why: 'The platform takes no more; here it works. Put several values into one output of type Object.',
  bad: '{ "outputs": { "Output_1": …, "Output_11": … } }',
  good: '{ "outputs": { "Output_1": …, "Output_10": … } }',
  check({ definition }, report) {
    const count = entriesOf(member(definition, 'outputs')).length;
    if (count > most) report('/outputs', `the flow has ${count} outputs; flows of the platform take ${most}`);
  },
};
