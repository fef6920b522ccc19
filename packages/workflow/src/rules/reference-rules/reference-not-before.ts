import type { FlowRule } from '../rule.ts';

export const referenceNotBefore: FlowRule = {
  code: 'reference-not-before',
  severity: 'error',
  title: 'An expression takes results only of actions that have ended when it is evaluated.',
  why: 'Without an order between the two the result may not be there yet: the platform refuses the flow. What counts is that the other action, or one around it, runs before this one or one around it.',
  bad: `{ "actions": { "Find": { "type": "Compose", "inputs": 1 }, "Tell": { "type": "Compose", "inputs": "@outputs('Find')" } } }`,
  good: `{ "actions": { "Find": { "type": "Compose", "inputs": 1 }, "Tell": { "type": "Compose", "inputs": "@outputs('Find')", "runAfter": { "Find": ["Succeeded"] } } } }`,
  check({ uses, actions, byName, order }, report) {
    for (const { kind, name, pointer, action } of uses) {
      if (name === undefined || (kind !== 'action' && kind !== 'result')) continue;
      const target = actions[byName.get(name.toLowerCase()) ?? -1];
      const user = actions[action];
      if (target === undefined || user === undefined || order.isBefore(target.index, user.index)) continue;
      report(
        pointer,
        `"${user.name}" uses the result of "${target.name}", which need not have finished before; ` +
          `let "${user.name}" or an action around it run after "${target.name}"`,
      );
    }
  },
};
