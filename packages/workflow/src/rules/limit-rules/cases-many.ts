import { entriesOf, member } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';

const mostCases = 25;

export const casesMany: FlowRule = {
  code: 'cases-many',
  severity: 'warning',
  title: 'A Switch has at most 25 cases.',
  why: 'The platform takes no more (AllowedSwitchCaseLimitExceeded); here it works. A Switch in the default case can hold the others.',
  bad: '{ "actions": { "Choose": { "type": "Switch", "expression": 1, "cases": { "Case_1": …, "Case_26": … } } } }',
  good: '{ "actions": { "Choose": { "type": "Switch", "expression": 1, "cases": { "Case_1": …, "Case_25": … } } } }',
  check({ actions }, report) {
    for (const { kind, name, definition, pointer } of actions) {
      const count = kind === 'switch' ? entriesOf(member(definition, 'cases')).length : 0;
      if (count > mostCases)
        report(`${pointer}/cases`, `"${name}" has ${count} cases; flows of the platform take ${mostCases}`);
    }
  },
};
