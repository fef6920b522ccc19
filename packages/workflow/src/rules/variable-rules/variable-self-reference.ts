import { textMember } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';
import { changing } from '../variable-changes.ts';

export const variableSelfReference: FlowRule = {
  code: 'variable-self-reference',
  severity: 'error',
  title: 'A variable is not set to a value that is made of itself.',
  why: 'The platform refuses such a flow; a Compose action before can keep the value.',
  bad: `{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Set": { "type": "SetVariable", "inputs": { "name": "n", "value": "@add(variables('n'), 1)" }, "runAfter": { "Init": ["Succeeded"] } } } }`,
  good: `{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Next": { "type": "Compose", "inputs": "@add(variables('n'), 1)", "runAfter": { "Init": ["Succeeded"] } }, "Set": { "type": "SetVariable", "inputs": { "name": "n", "value": "@outputs('Next')" }, "runAfter": { "Next": ["Succeeded"] } } } }`,
  check({ uses, actions }, report) {
    for (const { kind, name, pointer, action } of uses) {
      const user = actions[action];
      if (kind !== 'variable' || name === undefined || user === undefined) continue;
      const changed = changing.has(user.kind) ? textMember(user.inputs, 'name') : undefined;
      if (changed?.toLowerCase() !== name.toLowerCase() || !pointer.startsWith(`${user.pointer}/inputs/value`))
        continue;
      report(
        pointer,
        `"${user.name}" gives the variable "${changed}" a value made of itself, which the platform refuses; keep the value in a Compose action before`,
      );
    }
  },
};
