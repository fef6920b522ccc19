import type { FlowRule } from '../rule.ts';

export const variableNested: FlowRule = {
  code: 'variable-nested',
  severity: 'error',
  title: 'Variables are initialized at the top of the flow.',
  why: 'A variable belongs to the whole run. The platform refuses a flow that initializes one inside a loop, a scope or a branch.',
  bad: '{ "actions": { "Try": { "type": "Scope", "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } } } } } }',
  good: '{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Try": { "type": "Scope", "actions": {}, "runAfter": { "Init": ["Succeeded"] } } } }',
  check({ actions, blocks }, report) {
    for (const { kind, name, block, pointer } of actions) {
      if (kind !== 'initializevariable' || (blocks[block]?.owner ?? -1) < 0) continue;
      report(pointer, `"${name}" initializes a variable inside another action; only the top level of a flow may`);
    }
  },
};
