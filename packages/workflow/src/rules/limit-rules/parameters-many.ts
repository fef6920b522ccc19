import { entriesOf, member } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';

const most = 50;

export const parametersMany: FlowRule = {
  code: 'parameters-many',
  severity: 'warning',
  title: 'A flow has at most 50 parameters.',
  why: 'The platform takes no more; here it works. Put several values into one parameter of type Object.',
  bad: '{ "parameters": { "Parameter_1": …, "Parameter_51": … } }',
  good: '{ "parameters": { "Parameter_1": …, "Parameter_50": … } }',
  check({ definition }, report) {
    const count = entriesOf(member(definition, 'parameters')).length;
    if (count > most) report('/parameters', `the flow has ${count} parameters; flows of the platform take ${most}`);
  },
};
