import type { FlowRule } from '../rule.ts';

const longestName = 80;

export const nameNotValid: FlowRule = {
  code: 'name-not-valid',
  severity: 'error',
  title: 'The name of an action or a trigger is not empty and has at most 80 characters.',
  why: 'History, addresses and expressions name it. A longer name is a warning: it works here, and the platform may refuse it.',
  bad: '{ "actions": { "": { "type": "Compose", "inputs": 1 } } }',
  good: '{ "actions": { "Tell": { "type": "Compose", "inputs": 1 } } }',
  check({ actions, triggers }, report) {
    for (const { name, pointer } of [...triggers, ...actions]) {
      if (name.trim() === '') report(pointer, 'the name is empty; give one that says what is done');
      else if (name.length > longestName) {
        const message = `the name "${name.slice(0, 40)}…" has ${name.length} characters; flows of the platform take ${longestName}`;
        report(pointer, message, { severity: 'warning' });
      }
    }
  },
};
