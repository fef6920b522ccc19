import type { FlowRule } from '../rule.ts';

export const resultOfNoContainer: FlowRule = {
  code: 'result-of-no-container',
  severity: 'warning',
  title: 'result() names an action that holds others.',
  why: 'An action without actions of its own has no list of results: it fails when it is evaluated.',
  bad: `{ "actions": { "Find": { "type": "Compose", "inputs": 1 }, "Tell": { "type": "Compose", "inputs": "@result('Find')", "runAfter": { "Find": ["Succeeded"] } } } }`,
  good: `{ "actions": { "Try": { "type": "Scope", "actions": {} }, "Tell": { "type": "Compose", "inputs": "@result('Try')", "runAfter": { "Try": ["Succeeded"] } } } }`,
  check({ uses, actions, byName }, report) {
    for (const { kind, name, pointer } of uses) {
      if (name === undefined || kind !== 'result') continue;
      const target = actions[byName.get(name.toLowerCase()) ?? -1];
      if (target === undefined || target.compiled.blocks.length > 0) continue;
      report(pointer, `"${target.name}" holds no actions, so it has no results of any; take outputs('${target.name}')`);
    }
  },
};
